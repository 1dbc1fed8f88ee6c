// A notebook as a live page: viewers' requests are carried out one after another on the thread that has the notebook,
// and between two of them it plays one cell; what changes is told to every viewer. Knows nothing of sockets.

import Diagnostics
import Dispatch
import Loopback
import Sessions
import View
import Workbench

/// Serves one notebook.
package final class PageServer {
  private let notebook: LiveNotebook
  private let server: LoopbackServer
  private let gate: Gate
  private let queue = PageQueue()
  private let isInterrupted: @Sendable () -> Bool
  /// Streams of those who look on.
  private var viewers: [Int: (role: Gate.Role, exchange: Exchange)] = [:]
  /// Attempts that wait until everything is worked out.
  private var attempts: [(exercise: String, text: String, exchange: Exchange)] = []
  private var plan: LiveNotebook.Plan?
  private var place = ""

  /// How long an attempt at an exercise may take.
  private static let attemptLimit = DispatchTimeInterval.seconds(10)
  /// How often files are looked at while nothing is asked, in milliseconds.
  private static let glance = 250

  /// - Parameters:
  ///   - port: 0 lets the system choose.
  ///   - isInterrupted: whether serving is to end.
  package init(_ notebook: LiveNotebook, port: UInt16, isInterrupted: @escaping @Sendable () -> Bool = { false })
    throws(LoopbackServer.Failure)
  {
    self.notebook = notebook
    self.isInterrupted = isInterrupted
    server = try LoopbackServer(port: port)
    gate = Gate(port: server.port)
    notebook.isCancelled = { [queue] in queue.isGivenUp || isInterrupted() }
  }

  /// The page's address: for whoever leads, and for a class.
  package func address(leads: Bool) -> String { gate.address(leads ? .lead : .follow) }

  /// Ends `serve`; from any thread.
  package var stop: @Sendable () -> Void { { [queue] in queue.end() } }

  /// Serves until it is stopped or interrupted.
  package func serve() {
    let door = PageDoor(gate: gate, queue: queue)
    nonisolated(unsafe) let server = self.server
    let isOver = DispatchSemaphore(value: 0)
    DispatchQueue(label: "connections").async {
      server.serve { door.take($0) }
      isOver.signal()
    }
    while !queue.isEnded, !isInterrupted() {
      if let item = queue.next(within: notebook.isSettled && attempts.isEmpty ? Self.glance : 0) {
        take(item)
      } else if !notebook.isSettled {
        step()
      } else if !attempts.isEmpty {
        judge()
      } else {
        look()
      }
    }
    server.stop()
    isOver.wait()
  }

  // MARK: Working

  private func step() {
    let pieces = notebook.step()
    if !pieces.isEmpty {
      tell(
        "pieces",
        ["pieces": .array(pieces.map { ["id": .string($0.id), "html": .string($0.html)] })])
    }
    if notebook.isSettled { tell("settled", [:]) }
  }

  private func judge() {
    let attempt = attempts.removeFirst()
    do {
      let verdict = try queue.limited(to: Self.attemptLimit) { () throws(Refusal) in
        try notebook.attempt(exercise: attempt.exercise, attempt.text)
      }
      attempt.exchange.reply(ok: ["right": .bool(verdict.isRight), "html": .string(verdict.html)])
    } catch {
      attempt.exchange.reply(error, notebook.language)
    }
  }

  private func look() {
    let edition = notebook.edition
    guard notebook.look() else { return }
    plan = nil
    let lost = notebook.takeLost()
    if !lost.isEmpty { tell("lost", ["texts": .strings(lost)], to: .lead) }
    tell(notebook.edition == edition ? "working" : "reload", [:])
    if notebook.isSettled { tell("settled", [:]) }
  }

  /// What every event says besides: which page it is about, and how that stands.
  private var standing: [JSONValue.Member] {
    [
      JSONValue.Member("edition", .int(Int64(notebook.edition))),
      JSONValue.Member("version", .int(Int64(notebook.version))),
      JSONValue.Member("settled", .bool(notebook.isSettled)),
      JSONValue.Member("waiting", .array(notebook.waiting.map { .int(Int64($0)) })),
      JSONValue.Member("tried", .array(notebook.tried.sorted().map { .int(Int64($0)) })),
      JSONValue.Member("trouble", .string(notebook.troubleHTML)),
      JSONValue.Member(
        "parameters", .object(notebook.parameters.map { JSONValue.Member($0.name, .string($0.value)) })),
      JSONValue.Member("viewers", .int(Int64(viewers.count))),
      JSONValue.Member("place", .string(place)),
      JSONValue.Member(
        "figures",
        .array(
          notebook.isSettled
            ? notebook.figures.map { .strings([$0.expression, $0.text]) } : [])),
    ]
  }

  private func tell(_ event: String, _ more: JSONValue, to role: Gate.Role? = nil) {
    var members = standing
    if case .object(let own) = more { members += own }
    let line = JSONValue.object(members).line
    for viewer in viewers.values where role == nil || viewer.role == role { viewer.exchange.send(event, line) }
  }

  // MARK: Requests

  private func take(_ item: PageQueue.Item) {
    switch item {
    case .gone(let id): if viewers.removeValue(forKey: id) != nil { tell("viewers", [:]) }
    case .request(.page, _, let role, let exchange):
      exchange.reply(HTTPReply(200, type: HTTPReply.html, body: notebook.html(for: role.rawValue).utf8))
    case .request(.events, _, let role, let exchange):
      exchange.stream()
      viewers[exchange.id] = (role, exchange)
      // Whoever leads may show the others in.
      let invitation = [JSONValue.Member("invite", .string(role == .lead ? gate.address(.follow) : ""))]
      exchange.send("hello", JSONValue.object(standing + invitation).line)
      tell("viewers", [:])
    case .request(.answer(let exercise, let text), _, _, let exchange): attempts.append((exercise, text, exchange))
    case .request(let request, let edition, _, let exchange):
      do { exchange.reply(ok: try carryOut(request, from: edition)) } catch { exchange.reply(error, notebook.language) }
    }
  }

  private func carryOut(_ request: PageRequest, from edition: Int) throws(Refusal) -> JSONValue {
    switch request {
    case .page, .events, .answer: preconditionFailure("answered-above: these have replies of their own")
    case .move(let name, let value):
      try notebook.move(name, to: value)
      tell("working", [:])
    case .source(let cell):
      try demand(edition)
      return ["text": .string(try notebook.source(of: cell))]
    case .attempt(let cell, let text):
      try demand(edition)
      try notebook.attempt(text, in: cell)
      tell("working", [:])
    case .restore:
      notebook.restore()
      tell("working", [:])
    case .plan(let withAnswers):
      let plan = notebook.plan(withAnswers: withAnswers)
      self.plan = plan
      return ["plan": .string(plan.digest), "html": .string(plan.html), "empty": .bool(plan.isEmpty)]
    case .write(let digest):
      guard let plan, plan.digest == digest else { throw LiveNotebook.otherPlan }
      self.plan = nil
      try notebook.write(plan)
      tell("reload", [:])
    case .place(let id):
      place = String(id.prefix(200))
      tell("place", [:])
    }
    return [:]
  }

  /// The numbers of cells are those of one edition.
  private func demand(_ edition: Int) throws(Refusal) {
    guard edition == notebook.edition else { throw LiveNotebook.noCell }
  }
}

/// The side of a server on which requests come in: what needs no notebook is answered here.
struct PageDoor {
  let gate: Gate
  let queue: PageQueue

  func take(_ event: LoopbackServer.Event) {
    switch event {
    case .gone(let id): _ = queue.add(.gone(id))
    case .request(let request, let exchange):
      switch gate.admit(request) {
      case .failure(let refusal): exchange.reply(HTTPReply(refusal.rawValue))
      case .success(let admission): take(request, admission, exchange)
      }
    }
  }

  private func take(_ request: HTTPRequest, _ admission: Gate.Admission, _ exchange: Exchange) {
    switch (request.method, admission.path) {
    case (.get, "page.js"), (.head, "page.js"):
      exchange.reply(HTTPReply(200, type: HTTPReply.script, body: PageFiles.script))
    case (.get, "page.css"), (.head, "page.css"):
      exchange.reply(HTTPReply(200, type: "text/css; charset=utf-8", body: PageFiles.style))
    case (.get, ""), (.head, ""): ask(.page, 0, admission.role, exchange)
    case (.get, "events"): ask(.events, 0, admission.role, exchange)
    case (.post, "do"):
      do {
        let (asked, edition) = try PageRequest.read(request.body)
        guard admission.role == .lead || !asked.leads else { return exchange.reply(HTTPReply(403)) }
        ask(asked, edition, admission.role, exchange)
      } catch {
        exchange.reply(error, .en, status: 400)
      }
    default: exchange.reply(HTTPReply(404))
    }
  }

  private func ask(_ request: PageRequest, _ edition: Int, _ role: Gate.Role, _ exchange: Exchange) {
    if !queue.add(.request(request, edition: edition, role, exchange)) { exchange.reply(HTTPReply(503)) }
  }
}

extension Exchange {
  fileprivate func reply(ok value: JSONValue) { reply(200, ["ok": value]) }

  fileprivate func reply(_ refusal: Refusal, _ language: Language) {
    guard let first = refusal.diagnostics.first(where: { $0.severity == .error }) ?? refusal.diagnostics.first else {
      preconditionFailure("refusal-says-why: whoever is refused is told at least one reason")
    }
    let mistake = RequestMistake(code: first.code, message: first.message, hint: first.hint)
    reply(mistake, language, status: 200)
  }

  fileprivate func reply(_ mistake: RequestMistake, _ language: Language, status: Int) {
    var error: [JSONValue.Member] = [
      JSONValue.Member("code", .string(mistake.code)),
      JSONValue.Member("message", .string(mistake.message.in(language))),
    ]
    if let hint = mistake.hint { error.append(JSONValue.Member("hint", .string(hint.in(language)))) }
    reply(status, ["error": .object(error)])
  }

  private func reply(_ status: Int, _ value: JSONValue) {
    reply(HTTPReply(status, type: HTTPReply.json, body: value.line.utf8))
  }
}
