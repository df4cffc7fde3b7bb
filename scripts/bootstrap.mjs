// Runs before every npm script: installs when the lockfile changed, then insists on Node 24.
// Plain JavaScript for Node 20, because on a fresh clone the pinned Node 24 is not installed yet.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const stamp = join(root, 'node_modules', '.installed')
const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')
const present = existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''

if (present !== wanted) {
  console.log('Installing what the lockfile names (first start, or it changed) …')
  const npm = process.env.npm_execpath
  const [command, args] = npm ? [process.execPath, [npm]] : ['npm', []]
  const result = spawnSync(command, [...args, 'ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
  })
  if (result.status !== 0) {
    console.error('The installation failed; see above. Nothing was started.')
    process.exit(result.status ?? 1)
  }
  writeFileSync(stamp, wanted)
}

const node = spawnSync('node', ['-p', 'process.versions.node'], { encoding: 'utf8' })
const major = Number(node.stdout?.split('.')[0])
if (!(major >= 24)) {
  console.error(
    `Evenkeel needs Node 24 or later; found ${node.stdout?.trim() || 'none'}. On Linux and Windows it comes with the installation; on macOS please install Node 24.`,
  )
  process.exit(1)
}
