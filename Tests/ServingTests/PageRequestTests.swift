// What the script of a live page asks, and what is no request of its.

import Testing

@testable import Serving

@Suite("Requests of a live page")
struct PageRequestTests {
  @Test("every request is understood, with the edition that it comes from")
  func understood() throws {
    let (move, edition) = try PageRequest.read(
      Array(#"{"do":"move","name":"rate","value":"300","edition":3}"#.utf8))
    guard case .move("rate", to: "300") = move else {
      Issue.record("\(move)")
      return
    }
    #expect(edition == 3 && move.isMove && move.leads)
    let (answer, none) = try PageRequest.read(Array(#"{"do":"answer","exercise":"one","text":"run"}"#.utf8))
    #expect(none == 0 && !answer.leads && !answer.isMove)
    for body in [
      #"{"do":"source","cell":1}"#, #"{"do":"try","cell":1,"text":""}"#, #"{"do":"restore"}"#,
      #"{"do":"plan","answers":true}"#, #"{"do":"write","plan":"x"}"#, #"{"do":"place","at":"x"}"#,
    ] {
      #expect(try PageRequest.read(Array(body.utf8)).request.leads, "\(body)")
    }
  }

  @Test(
    "anything else is refused",
    arguments: [
      "", "{", "[]", "1", "{}", #"{"do":"dance"}"#, #"{"do":"page"}"#, #"{"do":"events"}"#, #"{"do":"move"}"#,
      #"{"do":"move","name":"a","value":1}"#, #"{"do":"move","name":"a","value":"1","x":1}"#,
      #"{"do":"source","cell":0}"#, #"{"do":"source","cell":"1"}"#, #"{"do":"source","cell":1.5}"#,
      #"{"do":"restore","edition":-1}"#, #"{"do":"plan","answers":"yes"}"#,
    ])
  func refused(body: String) {
    #expect(throws: RequestMistake.self) { try PageRequest.read(Array(body.utf8)) }
  }

  @Test("work is given up for a move that has waited, for an end, and when its time is over")
  func givenUp() {
    let queue = PageQueue()
    #expect(!queue.isGivenUp)
    queue.limited(to: .milliseconds(-1)) { #expect(queue.isGivenUp) }
    #expect(!queue.isGivenUp && queue.next(within: 0) == nil)
    #expect(queue.add(.gone(1)))
    guard case .gone(1)? = queue.next(within: 0) else {
      Issue.record("an item is lost")
      return
    }
    #expect(!queue.isGivenUp)
    queue.end()
    #expect(queue.isGivenUp && queue.isEnded)
  }
}
