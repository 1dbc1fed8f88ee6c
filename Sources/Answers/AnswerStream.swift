// The part of an answer that may be too long to be held at once: millions of payments go block by block to wherever
// they are wanted. Knows nothing of files and terminals.

import Diagnostics

/// A list that is written for other programs block by block, with the bytes that the answer would have as a text.
package struct AnswerStream: Sendable {
  /// Takes the next bytes. One block at a time, in order, but not always from the same thread.
  package typealias Sink = (UnsafeRawBufferPointer) throws -> Void

  /// What to write, and how long to go on.
  package struct Request: Sendable {
    /// CSV or JSON; other forms are not streamed.
    package var format: OutputFormat
    /// How many entries are written of the list in an object; nil: all. Records of CSV are always written all.
    package var limit: Int?
    /// Asked before every block.
    package var isCancelled: @Sendable () -> Bool
    /// Told after every block how much is done, 0 to 1.
    package var progress: (@Sendable (Double) -> Void)?
    /// What held that differs from the documents.
    package fileprivate(set) var settings: [ChangedSettings] = []
    /// The language in which heads and cells of CSV are names; nil: they are the ids that programs read.
    package var names: Language?

    /// A request for all of the list, without anybody who stops it.
    package init(
      _ format: OutputFormat, limit: Int? = nil, isCancelled: @escaping @Sendable () -> Bool = { false },
      progress: (@Sendable (Double) -> Void)? = nil
    ) {
      self.format = format
      self.limit = limit
      self.isCancelled = isCancelled
      self.progress = progress
    }
  }

  /// The writing was cancelled before its end.
  package struct Interrupted: Error {
    /// There is nothing to tell beside it.
    package init() {}
  }

  /// What the list is called in the answer's object.
  package let list: String
  /// How many entries it has.
  package let count: Int
  var settings: [ChangedSettings] = []
  private let writer: @Sendable (Request, Sink) throws -> Void

  /// - Parameters:
  ///   - list: the key of the list in the answer's object.
  ///   - writer: writes what is asked for.
  package init(list: String, count: Int, _ writer: @escaping @Sendable (Request, Sink) throws -> Void) {
    self.list = list
    self.count = count
    self.writer = writer
  }

  /// Writes everything that is asked for, ending in a line feed. What the sink throws ends it and is passed on; an
  /// end that was asked for throws `Interrupted`.
  package func write(_ request: Request, to sink: Sink) throws {
    var request = request
    request.settings = settings
    try writer(request, sink)
  }

  /// All of it as one text.
  func text(_ format: OutputFormat, names: Language? = nil) -> String {
    var bytes: [UInt8] = []
    var request = Request(format)
    request.names = names
    // Neither the sink nor anybody else can end it.
    try? write(request) { bytes.append(contentsOf: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Answer {
  /// The stream that stands for the answer in a form; nil where it has to be made as a text.
  package func stream(as format: OutputFormat) -> AnswerStream? {
    // A result's number goes into the object behind the list, which a stream knows nothing of.
    format == .csv || format == .json && result == nil ? stream : nil
  }
}

extension AnswerStream.Request {
  /// What every record says besides, under names: what held that differs from the documents; nil where nothing does.
  package func companion(_ language: Language) -> (head: String, value: String)? {
    settings.text(language).map { (Text("settings", zh: "设定").in(language), $0) }
  }
}
