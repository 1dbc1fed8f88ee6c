// One request of HTTP/1.1, and why what came is none. Knows nothing of connections, nor of what is asked.

/// A request, whole.
package struct HTTPRequest: Sendable {
  /// What may be asked with; nothing else is understood.
  package enum Method: String, Sendable { case get = "GET", head = "HEAD", post = "POST" }

  package let method: Method
  /// From the first `/` to the end or to `?`, as it was written.
  package let path: String
  /// Names in small letters, in the order in which they came.
  package let headers: [(name: String, value: String)]
  package let body: [UInt8]

  /// - Parameter headers: names in small letters.
  package init(method: Method, path: String, headers: [(name: String, value: String)], body: [UInt8] = []) {
    (self.method, self.path, self.headers, self.body) = (method, path, headers, body)
  }

  /// The value of a header that stands once; nil where it stands nowhere or several times.
  package func header(_ name: String) -> String? {
    let found = headers.filter { $0.name == name }
    return found.count == 1 ? found[0].value : nil
  }

  /// Whether a header stands anywhere.
  package func has(_ name: String) -> Bool { headers.contains { $0.name == name } }
}

/// Why bytes are no request. The connection is closed behind it, since nobody can say where the next one begins.
package enum HTTPRefusal: Int, Error, Sendable {
  case malformed = 400
  case method = 405
  case tooSlow = 408
  case bodyTooLarge = 413
  case pathTooLong = 414
  case expectation = 417
  case headTooLarge = 431
  case transferCoding = 501
  case tooMany = 503
  case version = 505
}
