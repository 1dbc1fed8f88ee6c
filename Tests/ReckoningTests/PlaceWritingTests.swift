// Places by any way of writing that means one, over the table that the program carries.
import Foundation
import Reckoning
import Testing

@Suite("Ways of writing a place")
struct PlaceWritingTests {
  private static let places: Gazetteer = {
    let file = URL(filePath: #filePath).appending(path: "../../../Sources/CDistricts/places.csv").standardizedFileURL
    let text = try? String(contentsOf: file, encoding: .utf8)
    return Gazetteer(table: text ?? "")
  }()

  private func code(_ text: String) -> String {
    switch Self.places.reading(text) {
    case .found(let id, let way):
      let how =
        switch way {
        case .written: ""
        case .within: " within"
        case .former(let since): " until \(since)"
        case .later(let since): " from \(since)"
        }
      return Self.places.codes[Int(id)].text + how
    case .several(let ids): return ids.map { Self.places.codes[Int($0)].text }.sorted().joined(separator: " or ")
    case .unknown: return "unknown"
    }
  }

  @Test(
    "One place is found",
    arguments: [
      ("甘孜州丹巴县", "513323"), ("甘孜藏族自治州丹巴县", "513323"), ("四川甘孜丹巴", "513323"), ("四川省甘孜州丹巴县", "513323"), ("丹巴", "513323"),
      ("贵州毕节七星关", "520502"), ("贵州省毕节市七星关区", "520502"), ("威宁县", "520526"), ("威宁自治县", "520526"), ("长乐", "350112"),
      ("福州长乐", "350112"), ("520502.0", "520502"), ("520502000000", "520502"), ("520502001001", "520502 within"),
      ("520502001", "520502 within"), ("520502七星关区", "520502"), ("七星关区(520502)", "520502"), ("七星关区520502", "520502"),
      ("贵州省毕节市七星关区碧阳街道幸福路1号", "520502 within"), ("522401", "520502 until 2011-10-22"),
      ("522401毕节市", "520502 until 2011-10-22"), ("毕节地区", "520500 until 2011-10-22"),
      ("贵州省毕节地区大方县", "520521"), ("622625", "621224 until 2004-01-11"), ("350182", "350112 until 2017-08-15"),
      ("福建省长乐市", "350112 until 2017-08-15"), ("黔西市", "520522 from 2021-03-18"), ("520581", "520522 from 2021-03-18"),
      ("贵州省毕节市黔西市", "520522 from 2021-03-18"), ("广西", "450000"), ("内蒙古", "150000"), ("金东", "330703"),
    ])
  func found(text: String, expected: String) { #expect(code(text) == expected) }

  @Test(
    "What may be several is all of them, and what is none is none",
    arguments: [
      ("吉林", "220000 or 220200"), ("甘孜", "513300 or 513328"), ("520502大方县", "520502 or 520521"), ("某某县", "unknown"),
      ("999999", "unknown"), ("5205020", "unknown"), ("", "unknown"),
      ("12345678901234567890", "unknown"),
    ])
  func others(text: String, expected: String) { #expect(code(text) == expected) }

  @Test("Every former code and name leads to a place of the table, and none of them is in the table itself")
  func table() {
    for place in FormerPlace.all {
      #expect(Self.places.id(code: place.now) != nil, "\(place.now)")
      #expect(Self.places.id(code: place.code) == nil, "\(place.code)")
      #expect(place.since.utf8.count == 10)
    }
    #expect(Set(FormerPlace.all.map(\.code)).count == FormerPlace.all.count)
  }
}
