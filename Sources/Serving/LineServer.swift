// A session for other programs: a line of JSON in for each request, lines of JSON out. The protocol is docs/STDIO.md.
// Requests are carried out one after another, in order; only `cancel` is answered at once. Knows nothing of streams.

import Answers
import Diagnostics
import Sessions
import Synchronization
import View
import Workbench

/// Serves one session.
package final class LineServer {
  /// The version of the protocol; a change that old clients would not understand makes a new one.
  package static let version: Int64 = 1
  /// What a mistake in a command names as its source.
  static let sourceName = "command"

  private let desk: Desk
  private let inbox: ServingInbox
  private let send: @Sendable (String) -> Void

  /// - Parameters:
  ///   - desk: the session; its progress and its wish to stop are taken over.
  ///   - isInterrupted: whether the one being carried out is to be given up for another reason than `cancel`.
  ///   - send: takes each line, without its end, from any thread, one at a time.
  package init(
    _ desk: Desk, isInterrupted: @escaping @Sendable () -> Bool = { false }, send: @escaping @Sendable (String) -> Void
  ) {
    self.desk = desk
    let gate = Mutex(())
    self.send = { line in gate.withLock { _ in send(line) } }
    inbox = ServingInbox(send: self.send)
    desk.suggestsNext = true
    desk.isCancelled = { [inbox] in inbox.queue.isGivenUp || isInterrupted() }
  }

  /// Where lines are put in; may be used from another thread.
  package var lines: ServingInbox { inbox }

  /// Carries out what comes, until the end or until a command ends the session.
  package func serve() {
    while let item = inbox.queue.next() {
      switch item {
      case .mistake(let mistake):
        inbox.queue.done()
        reply(mistake.id, refusing: mistake)
      case .givenUp(let id):
        inbox.queue.done()
        reply(id, refusing: RequestMistake(code: "cancelled", message: Text("given up", zh: "已放弃"), hint: nil))
      case .request(let request):
        if carryOut(request) { return refuseTheRest() }
      }
    }
  }

  /// A command has ended the session: whoever asked behind it is told.
  private func refuseTheRest() {
    for item in inbox.queue.close() {
      reply(
        item.id,
        refusing: RequestMistake(code: "ended", message: Text("the session has ended", zh: "会话已结束"), hint: nil))
    }
  }

  // MARK: Replies

  private func reply(_ id: JSONValue, ok value: JSONValue) { send((["id": id, "ok": value] as JSONValue).line) }

  private func reply(_ id: JSONValue, refusing mistake: RequestMistake) {
    var error: [JSONValue.Member] = [
      JSONValue.Member("code", .string(mistake.code)),
      JSONValue.Member("message", .string(mistake.message.in(desk.language))),
    ]
    if let hint = mistake.hint { error.append(JSONValue.Member("hint", .string(hint.in(desk.language)))) }
    send((["id": id, "error": .object(error)] as JSONValue).line)
  }

  /// - Returns: whether the session has ended.
  private func carryOut(_ request: ServingRequest) -> Bool {
    if case .perform(let performance) = request.task { return perform(performance, for: request.id) }
    let value: JSONValue
    switch request.task {
    case .perform: preconditionFailure("served-once: commands are carried out above")
    case .complete(let text, let at):
      let (from, found) = desk.complete(text, at: ServedText.bytes(of: text, characters: at))
      value = [
        "from": .int(Int64(ServedText.characters(of: text, bytes: from))),
        "candidates": .array(
          found.map { ["text": .string($0.text), "meaning": .string($0.meaning), "space": .bool($0.appendsSpace)] }),
      ]
    case .hint(let text, let at):
      value = ["hint": .string(desk.hint(text, at: ServedText.bytes(of: text, characters: at)))]
    case .inspect(let text, let at, let forms):
      let found = desk.inspect(text, at: ServedText.bytes(of: text, characters: at))
      value = [
        "found": .bool(found != nil), "answer": found.map { object($0, forms, TerminalLook(width: 100)) } ?? .null,
      ]
    case .isComplete(let text): value = ["complete": .bool(Desk.isComplete(text))]
    case .cancel: preconditionFailure("served-at-once: `cancel` is answered where it is read")
    case .language(let language):
      if let language { desk.speak(language, from: .session, detail: "") }
      value = ["language": .string(desk.language == .zh ? "zh" : "en")]
    case .state: value = ServedState(desk).object
    }
    inbox.queue.done()
    reply(request.id, ok: value)
    return false
  }

  private func object(_ answer: Answer, _ forms: [ServedForm], _ look: TerminalLook) -> JSONValue {
    var served = ServedAnswer(answer: answer, forms: forms, language: desk.language)
    served.look = look
    served.rowLimit = desk.preferences.rowLimit
    served.showsIdNumbers = desk.showsIdNumbers
    return served.object
  }

  // MARK: Commands

  /// - Returns: whether the session has ended.
  private func perform(_ asked: ServingRequest.Performance, for id: JSONValue) -> Bool {
    let progress = ServedProgress(id: id, send: send)
    desk.progress = { progress.tell($0) }
    defer { desk.progress = nil }
    var look = TerminalLook(width: asked.width, colour: asked.isColoured)
    look.isPlain = desk.preferences.isOn(.plain)
    look.unit = desk.preferences.moneyUnit
    look.ambiguousWide = desk.preferences.value(.ambiguous) == "wide"
    var answers: [JSONValue] = []
    var count: Int64 = 0
    var ends = false
    var failed = false
    let source = SourceFile(name: Self.sourceName, text: asked.commands)
    desk.play(source, keepGoing: asked.keepsGoing, echo: true) { answer in
      if let language = answer.language { desk.language = language }
      ends = ends || answer.ends
      failed = failed || answer.failed
      let object = object(answer, asked.forms, look)
      count += 1
      if asked.isStreamed {
        send((["id": id, "answer": object] as JSONValue).line)
      } else {
        answers.append(object)
      }
      return !desk.isCancelled()
    }
    progress.end()
    let isGivenUp = inbox.queue.done()
    var members: [JSONValue.Member] = [
      JSONValue.Member("failed", .bool(failed)), JSONValue.Member("ends", .bool(ends)),
      JSONValue.Member("cancelled", .bool(isGivenUp)), JSONValue.Member("count", .int(count)),
    ]
    if !asked.isStreamed { members.append(JSONValue.Member("answers", .array(answers))) }
    reply(id, ok: .object(members))
    return ends
  }
}

/// The side of a server on which lines come in.
package final class ServingInbox: Sendable {
  let queue = RequestQueue()
  private let send: @Sendable (String) -> Void

  init(send: @escaping @Sendable (String) -> Void) { self.send = send }

  /// Takes a line without its end. An empty one asks nothing.
  package func take(_ line: String) {
    guard line.utf8.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { return }
    do {
      let request = try ServingRequest(line: line)
      if case .cancel(let other) = request.task {
        send((["id": request.id, "ok": ["cancelled": .bool(queue.giveUp(other))]] as JSONValue).line)
        return
      }
      guard !queue.has(request.id) else {
        var mistake = RequestMistake(
          code: "id-in-use", message: Text("a request with this id is not answered yet", zh: "使用此 id 的请求尚未答复"),
          hint: Text("every request has an id of its own", zh: "每项请求请用不同的 id"))
        mistake.id = request.id
        queue.add(.mistake(mistake))
        return
      }
      queue.add(.request(request))
    } catch {
      queue.add(.mistake(error))
    }
  }

  /// Takes a line that is too long to be read.
  package func refuseLine(longerThan limit: Int) {
    queue.add(
      .mistake(
        RequestMistake(
          code: "too-long",
          message: Text("this line is longer than \(limit >> 20) MiB", zh: "这一行超过 \(limit >> 20) MiB"),
          hint: Text("put long texts into files and load them", zh: "请把长文本存入文件后加载"))))
  }

  /// Nobody listens any more: what is being carried out is given up, and so is what waits.
  package func abandon() { queue.abandon() }

  /// No more lines come: what has come is still carried out.
  package func end() { queue.end() }
}
