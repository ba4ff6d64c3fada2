export const Playground = (_: { id?: string }) => <p>Playground</p>
