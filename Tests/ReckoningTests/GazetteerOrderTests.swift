// Whether a place lies within another, by the order of codes against the digits themselves.
import Testing

@testable import Reckoning

@Suite("The order of places") struct GazetteerOrderTests {
  @Test func aPlaceLiesWithinAnotherWhereItsCodeBeginsWithTheOthersDigits() {
    let codes = [
      "110000", "110100", "110101", "350000", "350100", "350112", "350500", "350500-tiz", "350521", "350521001",
      "350521001002", "3505", "35", "440000", "outside-Bavaria-", "outside-Bavaria-South-", "000000", "100000",
    ]
    let table = "code,name\n" + codes.map { "\($0),n\($0)\n" }.joined()
    let places = Gazetteer(table: table, added: [])
    let ids = codes.map { places.id(code: $0) ?? -1 }
    #expect(!ids.contains(-1))
    var within = 0
    for (a, one) in zip(ids, codes) {
      for (b, other) in zip(ids, codes) {
        let expected = PlaceCode(one).lies(within: PlaceCode(other))
        #expect(places.lies(a, within: b) == expected, "\(one) within \(other)")
        var marked: [UInt8] = [9]
        [a].withUnsafeBufferPointer { a in
          [b].withUnsafeBufferPointer { b in
            marked.withUnsafeMutableBufferPointer { places.mark(a, within: b, $0.baseAddress!, yes: 1, no: 0) }
          }
        }
        #expect(marked == [expected ? 1 : 0])
        within += expected ? 1 : 0
      }
    }
    #expect(within > codes.count)
    for id in [Int32(-1), .min, .max, Int32(codes.count)] {
      #expect(!places.lies(id, within: ids[0]))
      #expect(!places.lies(ids[0], within: id))
    }
  }
}
