// A session served to another program: order, giving up, what a session keeps, and lines that are no requests.

import Dispatch
import Glibc
import Testing
import View

@testable import Serving

@Suite("Line server")
struct LineServerTests {
  private func object(_ line: String) throws -> JSONValue { try JSONValue(json: line) }

  @Test("replies come in the order of requests, each with its id")
  func order() throws {
    let lines = (1...20).map { #"{"id":\#($0),"do":"isComplete","text":"run"}"# }
    let ids = try Client.replies(to: lines).map { try object($0)["id"] }
    #expect(ids == (1...20).map { .int($0) })
  }

  @Test("inspecting, completing and hinting leave results and settings as they were")
  func readsOnly() throws {
    let state = #"{"id":"before","do":"state"}"#
    let lines = [
      #"{"id":0,"do":"perform","commands":"set rate_3m = 400 yuan; run changle-2022"}"#, state,
      #"{"id":1,"do":"inspect","text":"run changle-2022"}"#, #"{"id":2,"do":"complete","text":"set rate_3m = "}"#,
      #"{"id":3,"do":"hint","text":"set rate_3m = "}"#, #"{"id":4,"do":"inspect","text":"reset"}"#,
      #"{"id":5,"do":"inspect","text":"show changle-2022.agency_reward","at":12}"#, #"{"id":"after","do":"state"}"#,
      #"{"id":6,"do":"perform","commands":"history"}"#,
    ]
    let replies = try Client.replies(to: lines).map { try object($0) }
    func ok(_ id: JSONValue) -> JSONValue? { replies.first { $0["id"] == id && $0["ok"] != nil }?["ok"] }
    #expect(ok("before") != nil)
    #expect(ok("before") == ok("after"))
    #expect(ok(.int(5))?["found"] == .bool(true))
    // What `history` tells has nothing of what was only looked at.
    let history = try #require(ok(.int(6)))
    #expect(!history.line.contains("reset"))
  }

  @Test("a request that waits is refused when it is given up, and the others are carried out")
  func givenUpBeforeItsTurn() throws {
    let lines = [
      #"{"id":1,"do":"perform","commands":"run changle-2022"}"#, #"{"id":2,"do":"perform","commands":"undo"}"#,
      #"{"id":3,"do":"cancel","of":2}"#, #"{"id":4,"do":"isComplete","text":"run"}"#,
    ]
    let replies = try Client.replies(to: lines).map { try object($0) }.filter { $0["progress"] == nil }
    #expect(replies.map { $0["id"] } == [.int(3), .int(1), .int(2), .int(4)])
    #expect(replies[0]["ok"]?["cancelled"] == .bool(true))
    #expect(replies[2]["error"]?["code"] == "cancelled")
    #expect(replies[3]["ok"]?["complete"] == .bool(true))
  }

  @Test("work that goes on is given up, and the session goes on as it was")
  func givenUpAtWork() throws {
    let (client, server) = Client.served("shared")
    let work = DispatchQueue(label: "serves")
    let done = DispatchSemaphore(value: 0)
    nonisolated(unsafe) let served = server
    server.lines.take(#"{"id":1,"do":"perform","commands":"simulate 100000 times: retention = 60%..85%"}"#)
    server.lines.take(#"{"id":2,"do":"state"}"#)
    work.async {
      served.serve()
      done.signal()
    }
    // Given up as soon as it has said how far it is.
    let inbox = server.lines
    while !client.lines.contains(where: { $0.contains(#""progress""#) }) { usleep(1000) }
    inbox.take(#"{"id":3,"do":"cancel","of":1}"#)
    inbox.end()
    done.wait()
    let replies = try client.lines.map { try object($0) }.filter { $0["progress"] == nil }
    #expect(replies.map { $0["id"] } == [.int(3), .int(1), .int(2)])
    #expect(replies[1]["ok"]?["cancelled"] == .bool(true))
    #expect(replies[2]["ok"]?["scenario"] == "shared")
  }

  @Test("an id that is in use, and what is asked behind the end, are refused")
  func refusals() throws {
    let lines = [
      #"{"id":1,"do":"state"}"#, #"{"id":1,"do":"state"}"#, #"{"id":2,"do":"perform","commands":"quit"}"#,
      #"{"id":3,"do":"state"}"#, #"{"id":4,"do":"hint","text":""}"#,
    ]
    let replies = try Client.replies(to: lines).map { try object($0) }
    #expect(replies.count == 5)
    #expect(replies[0]["ok"] != nil)
    #expect(replies[1]["error"]?["code"] == "id-in-use")
    #expect(replies[2]["ok"]?["ends"] == .bool(true))
    #expect(replies[3]["error"]?["code"] == "ended")
    #expect(replies[4]["error"]?["code"] == "ended")
  }

  @Test("every line that is no request gets one error, and an empty one nothing")
  func noRequests() throws {
    let lines = [
      "", "  ", "\u{0}", "{", "nul", #"{"id":1}"#, #"{"id":true,"do":"state"}"#, #"{"id":1.5,"do":"state"}"#,
      #"{"id":9,"do":7}"#, #"{"id":9,"do":"complete","text":"run","at":-1}"#, #"{"id":9,"do":"cancel"}"#,
      #"{"id":9,"do":"language","to":"fr"}"#, #"{"id":9,"do":"state","x":1}"#, String(repeating: "[", count: 100_000),
      #"{"id":9,"do":"perform","commands":"run","width":1}"#,
      #"{"id":9,"do":"perform","commands":"run","forms":"text"}"#,
    ]
    let replies = try Client.replies(to: lines).map { try object($0) }
    #expect(replies.count == lines.count - 2)
    for reply in replies {
      guard case .string(let message)? = reply["error"]?["message"] else {
        Issue.record("no error: \(reply.line)")
        continue
      }
      #expect(!message.isEmpty)
    }
  }

  @Test("positions are counted in characters, whatever their bytes")
  func positions() throws {
    let text = "测算 𠀀 changle"
    for at in 0...12 {
      let bytes = ServedText.bytes(of: text, characters: at)
      #expect(ServedText.characters(of: text, bytes: bytes) == at)
    }
    #expect(ServedText.bytes(of: text, characters: 99) == text.utf8.count)
    let reply = try #require(Client.replies(to: [#"{"id":1,"do":"complete","text":"测算 chang"}"#]).first)
    #expect(try object(reply)["ok"]?["from"] == .int(3))
  }

  @Test("forms that are asked for come, and no others")
  func forms() throws {
    let ask =
      #"{"id":1,"do":"perform","commands":"sweep rate_3m from 100 to 300 step 100","forms":["html","svg","csv"]}"#
    let replies = try Client.replies(to: [ask]).map { try object($0) }
    guard case .array(let answers)? = replies.last?["ok"]?["answers"], let answer = answers.first else {
      Issue.record("no answer")
      return
    }
    guard case .string(let html)? = answer["html"], case .string(let svg)? = answer["svg"] else {
      Issue.record("forms are missing: \(answer.line)")
      return
    }
    #expect(html.hasPrefix("<div class=\"cesuan-answer\""))
    #expect(!html.contains("<script"))
    #expect(svg.hasPrefix("<svg"))
    #expect(answer["csv"] != nil)
    #expect(answer["text"] == nil)
    #expect(answer["json"] == nil)
  }
}

@Suite("JSON from other programs")
struct JSONReadingTests {
  @Test(
    "what is read is what was written",
    arguments: [
      #"{"a":[1,-2,0.5,"x",true,false,null],"b":{"c":"\"\\\n\t"},"d":[]}"#, #""测算 𠀀""#, "[]", "{}", "-0",
      "12345678901234567890", "9223372036854775807", "1e5",
    ])
  func roundTrip(text: String) throws {
    let value = try JSONValue(json: text)
    #expect(try JSONValue(json: value.line) == value)
  }

  @Test("escapes are undone")
  func escapes() throws {
    #expect(try JSONValue(json: #""\u6d4b\u7b97 \ud840\udc00 \/ \b\f""#) == .string("测算 𠀀 / \u{8}\u{C}"))
    #expect(try JSONValue(json: " [ 1 , 2 ] ") == [1, 2])
    #expect(throws: JSONMistake.self) { try JSONValue(json: #"{"a":1,"a":2}"#) }
  }

  @Test(
    "what the grammar does not have is refused",
    arguments: [
      "", " ", "[1,]", "{\"a\"}", "{a:1}", "01", "1.", "+1", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"",
      "\"a",
      "[1 2]", "tru", "1 1", "\"\n\"", "{\"a\":1", "[", "'a'", "NaN", "\"\\u+123\"",
    ])
  func refused(text: String) {
    #expect(throws: JSONMistake.self) { try JSONValue(json: text) }
  }
}
