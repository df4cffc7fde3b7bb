import type { PageFacts } from './page-facts.server.ts'
import { CARD_HEIGHT_PX, CARD_WIDTH_PX } from './share-card.ts'

/**
 * A page's facts for machines. React moves `meta` and `link` into the head, wherever this stands. The JSON-LD is data and not
 * a script to a browser, so the page's policy needs no permission for it and it carries no nonce.
 *
 * @param facts undefined for a page that search engines shall not keep
 */
export function PageFactsView({ facts }: { facts: PageFacts | undefined }) {
  if (facts === undefined) return <meta name="robots" content="noindex" />
  return (
    <>
      <link rel="canonical" href={facts.canonical} />
      <link rel="alternate" type="application/rss+xml" title={facts.siteName} href="/feed.xml" />
      {facts.hidden && <meta name="robots" content="noindex" />}
      <meta property="og:type" content={facts.kind} />
      <meta property="og:locale" content={facts.language === 'es' ? 'es_US' : 'en_US'} />
      <meta property="og:site_name" content={facts.siteName} />
      <meta property="og:title" content={facts.title} />
      <meta property="og:description" content={facts.summary} />
      <meta property="og:url" content={facts.canonical} />
      <meta property="og:image" content={facts.picture} />
      <meta property="og:image:type" content="image/png" />
      <meta property="og:image:width" content={String(CARD_WIDTH_PX)} />
      <meta property="og:image:height" content={String(CARD_HEIGHT_PX)} />
      <meta
        property="og:image:alt"
        content={`${facts.title}${facts.language === 'es' ? ', sobre una ola que se calma hasta ser una línea' : ', over a wave that settles into a level line'}`}
      />
      <meta name="twitter:card" content="summary_large_image" />
      <script
        type="application/ld+json"
        // biome-ignore lint/security/noDangerouslySetInnerHtml: scriptSafeJson made it, and it holds our own texts alone
        dangerouslySetInnerHTML={{ __html: facts.structured }}
      />
    </>
  )
}
