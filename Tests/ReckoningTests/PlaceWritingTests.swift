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
        case .carved(let since): " part of, from \(since)"
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

  @Test(
    "Places that have been renamed or set up since the table's year are those of the table that they were",
    arguments: [
      ("沙县区", "350427 from 2021"), ("福建省三明市沙县区", "350427 from 2021"), ("龙海区", "350681 from 2021"),
      ("漳州市长泰区", "350625 from 2021"), ("东乡区", "361029 from 2016"), ("361003", "361029 from 2016"),
      ("盘州市", "520222 from 2017"), ("贵州省六盘水市水城区", "520221 from 2020"), ("余江区", "360622 from 2018"),
      ("龙南市", "360727 from 2020"), ("晋宁区", "530122 from 2016"), ("马龙区", "530321 from 2018"),
      ("禄丰市", "532331 from 2021"), ("澄江市", "530422 from 2019"), ("成都市新津区", "510132 from 2020"),
      ("射洪市", "510922 from 2019"), ("会理市", "513425 from 2021"), ("宜宾叙州", "511521 from 2018"),
      ("临平区", "330110 part of, from 2021"), ("杭州临平", "330110 part of, from 2021"), ("那曲市比如县", "542423"),
      ("济南市莱芜区", "371202 from 2018"), ("361003东乡区", "361029 from 2016"), ("余江", "360622"),
      ("钱塘区", "unknown"), ("台商区", "350500-tiz"), ("台商投资区", "350500-tiz"),
    ])
  func later(text: String, expected: String) { #expect(code(text) == expected, "\(text)") }

  @Test(
    "Places that were renamed, recoded or merged before the table's year are those that they came to, alone or several",
    arguments: [
      ("吴江市", "320509 until 2012"), ("江苏省苏州市吴江市", "320509 until 2012"), ("320584", "320509 until 2012"),
      ("320584吴江市", "320509 until 2012"), ("吴江", "320509"), ("崇文区", "110101 until 2010"),
      ("北京市崇文区", "110101 until 2010"), ("上海闸北区", "310106 until 2015"), ("341521", "340422 until 2015"),
      ("安徽省六安市寿县", "340422 until 2015"), ("安徽省淮南市寿县", "340422"), ("双流县", "510116 until 2015"),
      ("四川省成都市双流县东升镇", "510116 until 2015"), ("平顶山市郊区", "410411 until 1994"),
      ("320483", "320402 or 320404 or 320411 or 320412"), ("江苏省武进市", "320402 or 320404 or 320411 or 320412"),
    ])
  func earlier(text: String, expected: String) { #expect(code(text) == expected, "\(text)") }

  @Test(
    "A name that is one place's in full and another's for short is both",
    arguments: [
      ("东乡", "361029 or 622926"), ("东乡县", "361029 or 622926"), ("甘肃东乡", "622926"), ("甘肃省临夏州东乡县", "622926"),
      ("临夏东乡", "622926"), ("江西省抚州市东乡县", "361029"), ("江西东乡", "361029"), ("龙华", "440306 or 460106"),
      ("海口市龙华区", "460106"), ("深圳市龙华区", "440306 part of, from 2016"),
    ])
  func both(text: String, expected: String) { #expect(code(text) == expected, "\(text)") }

  @Test("A full name that means another place as well is told of")
  func rivals() {
    #expect(Self.places.rivals("东乡县")?.count == 2 && Self.places.rivals("龙华区")?.count == 2)
    #expect(Self.places.rivals("丹巴县") == nil && Self.places.rivals("东乡") == nil && Self.places.rivals("公主岭市") == nil)
  }

  @Test("Every former code and name leads to a place of the table, and none of them is in the table itself")
  func table() {
    for place in FormerPlace.all {
      #expect(Self.places.id(code: place.now) != nil, "\(place.now)")
      #expect(Self.places.id(code: place.code) == nil || place.code == place.now, "\(place.code)")
      #expect(place.since.utf8.count == (place.since.contains("-") ? 10 : 4))
    }
    for place in LaterPlaces.joined {
      #expect(Self.places.id(code: place.code) == nil && place.of.allSatisfy { Self.places.id(code: $0) != nil })
    }
    #expect(Set(FormerPlace.all.map(\.code)).count == FormerPlace.all.count)
  }
}
