// Commands from a pipe: lines of any length and ending, commands of several lines, the end of the input, Ctrl-C.

import Glibc
import Testing

@testable import LineEditor

/// One at a time: Ctrl-C is a wish to the whole process.
@Suite("Plain reader", .serialized)
struct PlainReaderTests {
  /// A reader at one end of a pipe and what writes into the other.
  final class Line {
    let reader: PlainReader
    private let input: Int32
    private(set) var output: Int32

    init() throws {
      var ends: [Int32] = [-1, -1]
      try #require(pipe(&ends) == 0)
      (input, output) = (ends[0], ends[1])
      reader = PlainReader(input: input)
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) { #expect(Glibc.write(output, bytes, bytes.count) == bytes.count) }

    func finish() {
      close(output)
      output = -1
    }

    deinit {
      close(input)
      if output >= 0 { close(output) }
    }
  }

  @Test("each line is a command, whatever ends it")
  func lines() throws {
    let line = try Line()
    line.send("cost\r\n比较\n\nlast")
    line.finish()
    #expect(line.reader.read() == .line("cost", pasted: false))
    #expect(line.reader.read() == .line("比较", pasted: false))
    #expect(line.reader.read() == .line("", pasted: false))
    #expect(line.reader.read() == .line("last", pasted: false))
    #expect(line.reader.read() == .end)
    #expect(line.reader.read() == .end)
  }

  @Test("a command is read until it is complete; the end of the input completes it")
  func continuing() throws {
    let line = try Line()
    line.reader.isComplete = { !$0.contains("{") || $0.contains("}") }
    line.send("draft {\nset x = 1\n}\ncost\nrest {\nhalf")
    line.finish()
    #expect(line.reader.read() == .line("draft {\nset x = 1\n}", pasted: false))
    #expect(line.reader.read() == .line("cost", pasted: false))
    #expect(line.reader.read() == .line("rest {\nhalf", pasted: false))
    #expect(line.reader.read() == .end)
  }

  @Test("a command is handed over as soon as its line has come, before the input has ended")
  func asItComes() throws {
    let line = try Line()
    line.send("cost\nby")
    #expect(line.reader.read() == .line("cost", pasted: false))
    line.send(" year\n")
    #expect(line.reader.read() == .line("by year", pasted: false))
  }

  @Test("what is not UTF-8 is shown as such")
  func invalid() throws {
    let line = try Line()
    line.send([0x61, 0xff, 0x62, 0x0a, 0x00, 0x0a])
    line.finish()
    #expect(line.reader.read() == .line("a\u{fffd}b", pasted: false))
    #expect(line.reader.read() == .line("\0", pasted: false))
    #expect(line.reader.read() == .end)
  }

  @Test("a line may be longer than what is read at once")
  func longLine() throws {
    let line = try Line()
    // More than a pipe holds, so somebody else has to write it.
    let text = String(repeating: "测", count: 100_000)
    let bytes = Array((text + "\nnext\n").utf8)
    let output = line.output
    let writing = Task.detached {
      var done = 0
      while done < bytes.count { done += max(Glibc.write(output, Array(bytes[done...]), bytes.count - done), 0) }
    }
    defer { writing.cancel() }
    #expect(line.reader.read() == .line(text, pasted: false))
    #expect(line.reader.read() == .line("next", pasted: false))
  }

  @Test("Ctrl-C before a line is told once, and the line is still there")
  func interrupt() throws {
    let line = try Line()
    line.send("cost\n")
    #expect(kill(getpid(), SIGINT) == 0)
    while !Interrupt.pending { usleep(100) }
    #expect(line.reader.read() == .interrupted)
    #expect(!Interrupt.pending)
    #expect(line.reader.read() == .line("cost", pasted: false))
  }

  @Test("Ctrl-C ends waiting")
  func interruptWhileWaiting() throws {
    let line = try Line()
    var thread = pthread_t()
    #expect(
      pthread_create(
        &thread, nil,
        { _ in
          usleep(50_000)
          kill(getpid(), SIGINT)
          return nil
        }, nil) == 0)
    #expect(line.reader.read() == .interrupted)
    pthread_join(thread, nil)
    #expect(!Interrupt.pending)
    line.send("cost\n")
    #expect(line.reader.read() == .line("cost", pasted: false))
  }

  @Test("the wish to stop is forgotten once it has been granted")
  func clearing() throws {
    Interrupt.install()
    #expect(kill(getpid(), SIGINT) == 0)
    while !Interrupt.pending { usleep(100) }
    Interrupt.clear()
    #expect(!Interrupt.pending)
    let line = try Line()
    line.send("cost\n")
    #expect(line.reader.read() == .line("cost", pasted: false))
  }
}
