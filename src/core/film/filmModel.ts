/** Films have thousands of frames: unless their recipe names a model, they take the one made for that, where it is there. */
export const filmModel = 'colorize-photo-fast'
