// The part of an answer that may be too long to be held at once: millions of payments go block by block to wherever they
// are wanted. Knows nothing of files and terminals.

import Commands
import Diagnostics

/// A list that is written for other programs block by block, with the bytes that the answer would have as a text.
public struct AnswerStream: Sendable {
  /// Takes the next bytes. One block at a time, in order, but not always from the same thread.
  public typealias Sink = (UnsafeRawBufferPointer) throws -> Void

  /// What to write, and how long to go on.
  public struct Request: Sendable {
    /// CSV or JSON; other forms are not streamed.
    public var format: OutputFormat
    /// How many entries are written of the list in an object; nil: all. Records of CSV are always written all.
    public var limit: Int?
    /// Asked before every block.
    public var isCancelled: @Sendable () -> Bool
    /// Told after every block how much is done, 0 to 1.
    public var progress: (@Sendable (Double) -> Void)?

    public init(
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
  public struct Interrupted: Error {
    public init() {}

    /// What is said of it.
    public var diagnostic: Diagnostic { Mistake.interrupted.diagnostic(at: nil) }
  }

  /// What the list is called in the answer's object.
  public let list: String
  /// How many entries it has.
  public let count: Int
  private let writer: @Sendable (Request, Sink) throws -> Void

  init(list: String, count: Int, _ writer: @escaping @Sendable (Request, Sink) throws -> Void) {
    self.list = list
    self.count = count
    self.writer = writer
  }

  /// Writes everything that is asked for, ending in a line feed. What the sink throws ends it and is passed on; an end that
  /// was asked for throws `Interrupted`.
  public func write(_ request: Request, to sink: Sink) throws { try writer(request, sink) }

  /// All of it as one text.
  func text(_ format: OutputFormat) -> String {
    var bytes: [UInt8] = []
    // Neither the sink nor anybody else can end it.
    try? write(Request(format)) { bytes.append(contentsOf: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Answer {
  /// The stream that stands for the answer in a form; nil where it has to be made as a text.
  public func stream(as format: OutputFormat) -> AnswerStream? {
    switch format {
    case .csv: stream
    // A result's number goes into the object behind the list, which a stream knows nothing of.
    case .json: result == nil ? stream : nil
    case .table, .markdown: nil
    }
  }
}
