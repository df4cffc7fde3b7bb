/** "1 person", "12 people". */
export function counted(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`
}

/** "1 person", "12 people". */
export function countedPeople(n: number): string {
  return counted(n, 'person', 'people')
}
