// A reply as bytes, with the headers that keep a page to itself: nothing from elsewhere runs in it, nobody else frames
// or reads it, and no address of it is passed on. Knows nothing of what it says.

/// What is answered to a request.
package struct HTTPReply: Sendable {
  package let status: Int
  package let type: String
  package let body: [UInt8]

  package init(_ status: Int, type: String = "text/plain; charset=utf-8", body: some Collection<UInt8>) {
    (self.status, self.type, self.body) = (status, type, Array(body))
  }

  /// A status that says everything.
  package init(_ status: Int) { self.init(status, body: "\(status) \(Self.reason(status))\n".utf8) }

  package static let json = "application/json"
  package static let html = "text/html; charset=utf-8"
  package static let script = "text/javascript; charset=utf-8"

  /// What a page may do: its own script and style, its own connection, and nothing else.
  private static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

  private static let common = """
    Cache-Control: no-store\r
    Content-Security-Policy: \(policy)\r
    Cross-Origin-Opener-Policy: same-origin\r
    Cross-Origin-Resource-Policy: same-origin\r
    Referrer-Policy: no-referrer\r
    X-Content-Type-Options: nosniff\r
    X-Frame-Options: DENY\r

    """

  /// - Parameters:
  ///   - keepsOpen: whether another request may follow on the connection.
  ///   - isHead: whether the body is only counted.
  func bytes(keepsOpen: Bool, isHead: Bool) -> [UInt8] {
    let head =
      "HTTP/1.1 \(status) \(Self.reason(status))\r\nContent-Type: \(type)\r\nContent-Length: \(body.count)\r\n"
      + (status == 405 ? "Allow: GET, HEAD, POST\r\n" : "") + Self.common
      + (keepsOpen ? "\r\n" : "Connection: close\r\n\r\n")
    return Array(head.utf8) + (isHead ? [] : body)
  }

  /// What stands before a stream of events, which ends with its connection.
  static let streamHead = Array(
    ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + common + "Connection: close\r\n\r\n").utf8)

  private static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 400: "Bad Request"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 408: "Request Timeout"
    case 409: "Conflict"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 415: "Unsupported Media Type"
    case 417: "Expectation Failed"
    case 421: "Misdirected Request"
    case 431: "Request Header Fields Too Large"
    case 501: "Not Implemented"
    case 503: "Service Unavailable"
    case 505: "HTTP Version Not Supported"
    default: "Answer"
    }
  }
}
