export const BackendList = (_: { id?: string }) => <p>BackendList</p>
