// What things are called where they may be typed: by id in English, by name in Chinese. Knows nothing of answers.

import Diagnostics
import PolicyLanguage

extension Settable {
  /// As it may be typed: 机构奖励的起奖人数.
  package var typedName: Text {
    switch self {
    case .parameter(let parameter):
      Text(parameter.id, zh: parameter.owner.map { $0 + "的" + parameter.words.zh } ?? parameter.words.zh)
    case .reading(let reading, let key):
      Text(key, zh: key == reading.id ? reading.owner.map { $0 + "的" + reading.words.zh } ?? reading.words.zh : key)
    case .value, .asOf, .mode, .budget, .assumption, .programme: Text(id, zh: words.zh)
    }
  }

  /// Several that one name may stand for, each so that it stands for that one alone.
  package static func typedNames(_ targets: [Settable]) -> [Text] {
    let names = targets.map(\.typedName)
    return zip(targets, names).map { target, name in
      guard names.count(where: { $0.zh == name.zh }) > 1, let document = target.id.split(separator: ".").first,
        target.id.contains(".")
      else { return name }
      return Text(name.en, zh: document + "." + name.zh)
    }
  }
}

extension CheckedMeasure {
  /// With its document, as it may be typed: changle-2022.机构奖励.
  package var typedName: Text { Text(id, zh: document + "." + words.zh) }
}
