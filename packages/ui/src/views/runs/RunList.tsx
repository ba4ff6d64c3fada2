export const RunList = (_: { id?: string }) => <p>RunList</p>
