// Bytes to requests, strictly: whatever two readers could understand in two ways is refused, so that nothing between a
// browser and this program can be told one thing and this program another. Knows nothing of sockets.

/// Reads the requests of one connection.
package struct HTTPReader: Sendable {
  /// The longest request line with its headers, in bytes.
  static let longestHead = 16 << 10
  static let longestPath = 2 << 10
  static let mostHeaders = 64
  /// The longest body, in bytes: a cell, an answer to an exercise.
  static let longestBody = 256 << 10

  private var bytes: [UInt8] = []
  /// No head ends before this byte.
  private var sought = 0
  /// A head that is whole, while its body is still coming.
  private var head: Head?

  package init() {}

  private struct Head {
    let method: HTTPRequest.Method
    let path: String
    let headers: [(name: String, value: String)]
    let length: Int
  }

  /// Whether part of a request has come.
  package var isMidway: Bool { head != nil || !bytes.isEmpty }

  /// Takes what has come.
  package mutating func take(_ more: some Collection<UInt8>) { bytes.append(contentsOf: more) }

  /// The next request; nil while it is not whole.
  package mutating func next() throws(HTTPRefusal) -> HTTPRequest? {
    if head == nil { head = try readHead() }
    guard let head, bytes.count >= head.length else { return nil }
    let body = Array(bytes[..<head.length])
    bytes.removeFirst(head.length)
    self.head = nil
    return HTTPRequest(method: head.method, path: head.path, headers: head.headers, body: body)
  }

  private mutating func readHead() throws(HTTPRefusal) -> Head? {
    guard let end = endOfHead() else {
      if bytes.count > Self.longestHead { throw .headTooLarge }
      return nil
    }
    guard end <= Self.longestHead else { throw .headTooLarge }
    let lines = try Self.lines(bytes[..<end])
    bytes.removeFirst(end + 4)
    guard let first = lines.first else { throw .malformed }
    let (method, path) = try Self.requestLine(first)
    guard lines.count - 1 <= Self.mostHeaders else { throw .headTooLarge }
    var headers: [(name: String, value: String)] = []
    for line in lines.dropFirst() { headers.append(try Self.header(line)) }
    let length = try Self.bodyLength(method, headers)
    return Head(method: method, path: path, headers: headers, length: length)
  }

  /// Where the empty line begins.
  private mutating func endOfHead() -> Int? {
    let last = min(bytes.count, Self.longestHead + 8) - 4
    var at = sought
    while at <= last {
      if bytes[at] == 0x0D, bytes[at + 1] == 0x0A, bytes[at + 2] == 0x0D, bytes[at + 3] == 0x0A {
        sought = 0
        return at
      }
      at += 1
    }
    sought = max(at, 0)
    return nil
  }

  /// Lines that end in CR LF, and in nothing else.
  private static func lines(_ head: ArraySlice<UInt8>) throws(HTTPRefusal) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = head.startIndex
    var at = start
    while at < head.endIndex {
      let byte = head[at]
      if byte == 0x0A || byte == 0 { throw .malformed }
      if byte == 0x0D {
        guard at + 1 < head.endIndex, head[at + 1] == 0x0A else { throw .malformed }
        lines.append(head[start..<at])
        at += 2
        start = at
      } else {
        at += 1
      }
    }
    lines.append(head[start...])
    return lines
  }

  private static func requestLine(_ line: ArraySlice<UInt8>) throws(HTTPRefusal) -> (HTTPRequest.Method, String) {
    let parts = line.split(separator: 0x20, omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, parts[0].allSatisfy(isToken) else { throw .malformed }
    guard parts[2].starts(with: Array("HTTP/".utf8)) else { throw .malformed }
    guard parts[2].elementsEqual("HTTP/1.1".utf8) else { throw .version }
    guard let method = HTTPRequest.Method(rawValue: String(decoding: parts[0], as: UTF8.self)) else { throw .method }
    let target = parts[1]
    guard target.count <= longestPath else { throw .pathTooLong }
    guard target.first == 0x2F, target.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x23 }) else { throw .malformed }
    return (method, String(decoding: target.prefix { $0 != 0x3F }, as: UTF8.self))
  }

  private static func header(_ line: ArraySlice<UInt8>) throws(HTTPRefusal) -> (name: String, value: String) {
    guard let colon = line.firstIndex(of: 0x3A), colon > line.startIndex, line[..<colon].allSatisfy(isToken) else {
      throw .malformed
    }
    var value = line[(colon + 1)...]
    while let first = value.first, first == 0x20 || first == 0x09 { value = value.dropFirst() }
    while let last = value.last, last == 0x20 || last == 0x09 { value = value.dropLast() }
    guard value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else { throw .malformed }
    return (String(decoding: line[..<colon], as: UTF8.self).lowercased(), String(decoding: value, as: UTF8.self))
  }

  private static func bodyLength(
    _ method: HTTPRequest.Method, _ headers: [(name: String, value: String)]
  ) throws(HTTPRefusal) -> Int {
    func values(_ name: String) -> [String] { headers.filter { $0.name == name }.map(\.value) }
    guard values("host").count == 1, values("content-type").count <= 1, values("origin").count <= 1 else {
      throw .malformed
    }
    guard values("transfer-encoding").isEmpty else { throw .transferCoding }
    guard values("expect").isEmpty else { throw .expectation }
    let lengths = values("content-length")
    guard lengths.count <= 1 else { throw .malformed }
    guard let written = lengths.first else { return 0 }
    guard !written.isEmpty, written.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { throw .malformed }
    guard let length = Int(written), length <= longestBody else { throw .bodyTooLarge }
    guard length == 0 || method == .post else { throw .malformed }
    return length
  }

  /// What names are made of.
  private static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
