import { Component, type ReactNode } from 'react'
import { ErrorPanel } from '../ui/ErrorPanel.tsx'

/** Keeps a fault of one part of the page from taking the rest with it; trying again draws the part afresh. */
export class Crash extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state = { error: null as unknown }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children
    return <ErrorPanel error={this.state.error} onRetry={() => this.setState({ error: null })} />
  }
}
