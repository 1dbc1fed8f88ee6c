// An answer as a piece of somebody else's page, such as a notebook in a browser: the body with its style, which holds
// within the piece alone and follows the page's light or dark theme where the page tells of one. No script, nothing
// fetched.

import Diagnostics

/// A piece of a page.
package struct HTMLExcerpt: Sendable {
  private let language: Language
  private let body: String

  /// - Parameter body: HTML that is ready, escaped already.
  package init(language: Language, body: String) {
    self.language = language
    self.body = body
  }

  /// One element with everything in it, ending in a line feed.
  package var text: String {
    let tongue = language == .zh ? "zh-Hans" : "en"
    return
      "<div class=\"cesuan-answer\" lang=\"\(tongue)\"><style>\(PageStyle.excerpt(language))</style>\n\(body)</div>\n"
  }
}
