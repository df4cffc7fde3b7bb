import type { Model } from '../model.ts'
import { ashraf2018 } from './ashraf-2018.ts'
import { clements1981 } from './clements-1981.ts'
import { domino1982 } from './domino-1982.ts'
import { fanta2015 } from './fanta-2015.ts'
import { hijazi2003 } from './hijazi-2003.ts'
import { kamp2020 } from './kamp-2020.ts'
import { perezRuixo2021 } from './perez-ruixo-2021.ts'
import { simons2022 } from './simons-2022.ts'

/** All models, the default first. */
export const models: readonly Model[] = [
  kamp2020,
  simons2022,
  domino1982,
  clements1981,
  fanta2015,
  perezRuixo2021,
  ashraf2018,
  hijazi2003,
]

export const defaultModel: Model = kamp2020

export function modelById(id: string): Model | undefined {
  return models.find((model) => model.id === id)
}

export { ashraf2018, clements1981, domino1982, fanta2015, hijazi2003, kamp2020, perezRuixo2021, simons2022 }
