// npm start and npm run dev: builds what changed, then runs the clinic in this process.
import { buildIfChanged } from './build.ts'

const dev = process.argv.includes('--dev')
if (!dev) {
  await buildIfChanged()
  process.env.NODE_ENV = 'production'
}
const { main } = await import('../server/main.ts')
try {
  await main({ dev })
} catch (error) {
  console.error('The clinic did not start.', error)
  process.exit(1)
}
