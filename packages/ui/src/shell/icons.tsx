import type { ComponentChildren } from "preact"

const Icon = ({ children }: { children: ComponentChildren }) => (
  <svg
    width="16"
    height="16"
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    stroke-width="1.4"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    {children}
  </svg>
)

export const PlayIcon = () => (
  <Icon>
    <path d="M4.5 3.2v9.6L12.5 8z" />
  </Icon>
)
export const CompareIcon = () => (
  <Icon>
    <path d="M8 2.5v11M3 5.5h3M3 8h3M3 10.5h3M10 5.5h3M10 8h3M10 10.5h3" />
  </Icon>
)
export const RunsIcon = () => (
  <Icon>
    <path d="M3 4.5h10M3 8h10M3 11.5h10" />
  </Icon>
)
export const CampaignsIcon = () => (
  <Icon>
    <path d="M3 3h4v4H3zM9 3h4v4H9zM3 9h4v4H3zM9 9h4v4H9z" />
  </Icon>
)
export const CasesIcon = () => (
  <Icon>
    <path d="M4 2.5h5.2L12 5.3v8.2H4zM9 2.7v2.9h2.8" />
  </Icon>
)
export const BackendsIcon = () => (
  <Icon>
    <path d="M3 3h10v4.2H3zM3 8.8h10V13H3zM5.2 5.1h1M5.2 10.9h1" />
  </Icon>
)
export const ThemeIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="5" />
    <path d="M8 3a5 5 0 0 1 0 10z" fill="currentColor" stroke="none" />
  </Icon>
)
export const SwapIcon = () => (
  <Icon>
    <path d="M3 6h9M9.6 3.6 12 6M13 10H4M6.4 12.4 4 10" />
  </Icon>
)
