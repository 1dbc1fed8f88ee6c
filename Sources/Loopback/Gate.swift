// Who may ask: whoever knows the address with its token, from a page of this server or by opening one, and under a name
// of this machine. Knows nothing of what is asked.

/// The door of a page on the loopback address.
package struct Gate: Sendable {
  /// What an address lets its holder do.
  package enum Role: String, Sendable {
    /// Moves parameters, edits cells, writes the file.
    case lead
    /// Looks on, and answers exercises.
    case follow
  }

  /// A request that may go on: who asks, and for what below the token.
  package struct Admission: Sendable, Equatable {
    package let role: Role
    package let path: String
  }

  private let port: UInt16
  private let leader: String
  private let follower: String

  /// A door with new tokens.
  package init(port: UInt16) { self.init(port: port, leader: Gate.token(), follower: Gate.token()) }

  init(port: UInt16, leader: String, follower: String) {
    (self.port, self.leader, self.follower) = (port, leader, follower)
  }

  /// The page's address for somebody.
  package func address(_ role: Role) -> String {
    "http://127.0.0.1:\(port)/\(role == .lead ? leader : follower)/"
  }

  /// Lets a request in, or says with which status it is sent away. A wrong token looks like a page that is not there.
  package func admit(_ request: HTTPRequest) -> Result<Admission, Refusal> {
    let names = ["127.0.0.1:\(port)", "localhost:\(port)"]
    guard let host = request.header("host"), names.contains(host.lowercased()) else { return .failure(.host) }
    if request.has("origin") {
      guard let origin = request.header("origin"), names.contains(where: { origin == "http://" + $0 }) else {
        return .failure(.origin)
      }
    } else if request.method == .post {
      // Browsers name the page that posts; who is none has no business here without naming one.
      return .failure(.origin)
    }
    if let site = request.header("sec-fetch-site"), site != "same-origin", site != "none" { return .failure(.origin) }
    let parts = request.path.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).dropFirst()
    guard let rest = parts.first, let slash = rest.firstIndex(of: "/") else { return .failure(.token) }
    let token = String(rest[..<slash])
    // Both are compared, so that the time tells nothing.
    let (leads, follows) = (Gate.isSame(token, leader), Gate.isSame(token, follower))
    guard leads || follows else { return .failure(.token) }
    if request.method == .post, !(request.header("content-type")?.hasPrefix(HTTPReply.json) ?? false) {
      return .failure(.content)
    }
    return .success(Admission(role: leads ? .lead : .follow, path: String(rest[rest.index(after: slash)...])))
  }

  /// Why a request is sent away.
  package enum Refusal: Int, Error, Sendable {
    case origin = 403
    case token = 404
    case content = 415
    case host = 421
  }

  private static func isSame(_ a: String, _ b: String) -> Bool {
    let (x, y) = (Array(a.utf8), Array(b.utf8))
    guard x.count == y.count else { return false }
    return zip(x, y).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// A hundred and twenty-eight bits of the system's, which nobody can guess.
  private static func token() -> String {
    var chance = SystemRandomNumberGenerator()
    return (0..<2).map { _ in
      let digits = String(chance.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }.joined()
  }
}
