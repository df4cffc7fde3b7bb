/**
 * Marks a request that a page makes by itself: a screen nobody touches is not in use, so such a request does not keep
 * its sign-in alive. Pages never see it.
 */
export const BY_ITSELF = 'by-itself'
