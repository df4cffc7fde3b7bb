import { useCallback, useEffect, useState } from 'react'
import { type Player, REPEAT_S, TONES, type ToneLevel } from './alarm-tones.ts'

const WANTED = 'evenkeel-sound'
const LOUDNESS = 0.5

/** One for the whole document: it outlives a change between board and wall, which a browser would not allow a new one to. */
let audio: AudioContext | undefined

/**
 * Plays the pattern of a level again and again until the level changes. Nothing plays before somebody turned the sound on here,
 * and, after each loading of the page, touched it: browsers hold sound back until then, and the screen says so.
 *
 * @param level what to sound for; undefined for silence
 */
export function useAlarmSound(level: ToneLevel | undefined): {
  readonly player: Player
  /** Only from within a touch or a key. */
  readonly turnOn: () => Promise<void>
  readonly turnOff: () => void
  /** Plays the three patterns once, one after the other. */
  readonly playAll: () => void
} {
  const [player, setPlayer] = useState<Player>('unknown')
  const look = useCallback(() => setPlayer(playerNow()), [])

  useEffect(() => {
    look()
    const timer = setInterval(look, 1_000)
    const touched = () => {
      if (isWanted()) void start().then(look)
    }
    document.addEventListener('pointerup', touched)
    document.addEventListener('keydown', touched)
    return () => {
      clearInterval(timer)
      document.removeEventListener('pointerup', touched)
      document.removeEventListener('keydown', touched)
    }
  }, [look])

  useEffect(() => {
    if (player !== 'on' || level === undefined) return
    play(level)
    const timer = setInterval(() => play(level), REPEAT_S[level] * 1000)
    return () => clearInterval(timer)
  }, [player, level])

  return {
    player,
    turnOn: async () => {
      localStorage.setItem(WANTED, 'on')
      await start()
      look()
    },
    turnOff: () => {
      localStorage.removeItem(WANTED)
      void audio?.suspend().then(look)
      look()
    },
    playAll: () => {
      let afterS = 0
      for (const level of ['red', 'amber', 'technical'] as const) {
        play(level, afterS)
        afterS += lengthS(level) + 1
      }
    },
  }
}

function isWanted(): boolean {
  return localStorage.getItem(WANTED) === 'on'
}

function playerNow(): Player {
  if (typeof AudioContext === 'undefined') return 'none'
  if (!isWanted()) return 'off'
  return audio?.state === 'running' ? 'on' : 'blocked'
}

/** Made only once somebody has touched the page: a browser complains of one that is made before. */
async function start(): Promise<void> {
  if (typeof AudioContext === 'undefined') return
  audio ??= new AudioContext()
  if (audio.state !== 'running') await audio.resume().catch(() => {})
}

function lengthS(level: ToneLevel): number {
  const last = TONES[level].at(-1)!
  return last.atS + last.forS
}

function play(level: ToneLevel, afterS = 0): void {
  if (audio?.state !== 'running') return
  for (const { atS, forS, hz } of TONES[level]) {
    const tone = audio.createOscillator()
    const gain = audio.createGain()
    const from = audio.currentTime + afterS + atS
    tone.type = 'triangle'
    tone.frequency.value = hz
    // Rises and falls within a moment: a sudden edge is heard as a click.
    gain.gain.setValueAtTime(0, from)
    gain.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02)
    gain.gain.setValueAtTime(LOUDNESS, from + forS - 0.03)
    gain.gain.linearRampToValueAtTime(0, from + forS)
    tone.connect(gain).connect(audio.destination)
    tone.start(from)
    tone.stop(from + forS + 0.02)
  }
}
