// Where beneficiaries and subjects are to be found, and what they are called there.
import Facts
import Reckoning

/// Where a beneficiary or subject is to be found.
public enum Space: Sendable, Hashable {
  /// Records of a list, by its index in the dictionary.
  case list(Int)
  /// Texts of the dataset's pool.
  case text
  /// The district itself.
  case district
}

extension Dataset {
  /// The id of what stands in a space; a record of a list without ids is called by its position in the list.
  public func id(_ row: Int32, in space: Space) -> String {
    switch space {
    case .list(let i): tables[i].ids?.text(Int(row)) ?? "\(tables[i].declaration.singular) \(row + 1)"
    case .text: texts.text(row)
    case .district: places.codes.indices.contains(Int(row)) ? places.codes[Int(row)].text : ""
    }
  }

  /// What has an id in a space.
  public func row(_ id: String, in space: Space) -> Int32? {
    switch space {
    case .list(let i): tables[i].ids?.row(id).map { Int32(truncatingIfNeeded: $0) }
    case .text: texts.id(id)
    case .district: places.id(code: id)
    }
  }
}
