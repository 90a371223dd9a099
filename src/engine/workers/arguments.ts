/** The argument by which the engine's entry knows that it is a throw-away process for the probe of one provider. */
export const probeArgument = '--probe='
