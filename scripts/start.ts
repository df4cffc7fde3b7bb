// npm start and npm run dev: builds what changed, then runs the clinic in this process.
import { buildIfChanged } from './build.ts'

const dev = process.argv.includes('--dev')
// The pages are built in a process of their own while the database begins and the demonstration is made in this one.
const pagesBuilt = dev ? undefined : buildIfChanged()
// Who waits for it hears of a failure; until then it must not end the process, which has a database to stop.
pagesBuilt?.catch(() => {})
if (!dev) process.env.NODE_ENV = 'production'
const { main } = await import('../server/main.ts')
try {
  await main({ dev, pagesBuilt })
} catch (error) {
  console.error('The clinic did not start.', error)
  process.exit(1)
}
