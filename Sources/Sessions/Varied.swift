// Things that what-ifs vary: a parameter or a value laid down elsewhere along its figures, a reading along its choices.
// Names
// and texts to raw figures and back. Knows nothing of runs.

import Commands
import Diagnostics
import Engine
import PolicyLanguage
import Reckoning

/// Something that can be varied.
package struct Varied {
  package enum What {
    case figure(Watched, ValueType)
    case reading(Reading, key: String)
    /// How much is assumed of how people respond.
    case assumption(Assumption)
  }

  package let target: Settable
  package let what: What

  package var id: String { target.id }

  /// Nil for settings, which are no figures of a rule.
  package init?(_ target: Settable) {
    self.target = target
    switch target {
    case .parameter(let p): what = .figure(Watched(parameter: p.id), p.type)
    case .value(let v): what = .figure(Watched(value: v.name), v.type)
    case .reading(let r, let key): what = .reading(r, key: key)
    case .assumption(let assumption): what = .assumption(assumption)
    case .asOf, .mode, .budget, .programme: return nil
    }
  }

  /// The smallest and the largest figure that may be.
  package var bounds: (atLeast: Int64?, atMost: Int64?) {
    switch target {
    case .parameter(let p): return (p.atLeast, p.atMost)
    case .assumption(let assumption): return (assumption.least, assumption.most)
    case .reading, .value, .asOf, .mode, .budget, .programme: return (0, nil)
    }
  }

  /// The raw figure, or the choice's index, in settings; nil where there is none.
  package func current(_ settings: RunSettings) -> Int64? {
    switch target {
    case .parameter(let p): settings.parameters[p.id] ?? p.value ?? p.byReference.flatMap { settings.values[$0] }
    case .value(let v): settings.values[v.name]
    case .reading(let r, let key):
      Int64(
        (settings.readings[key] ?? settings.readings[r.id]).flatMap { name in r.choices.firstIndex { $0.name == name } }
          ?? r.defaultIndex)
    case .assumption(let assumption): settings.assumptions.first { $0.id == assumption.id }?.number
    case .asOf, .mode, .budget, .programme: nil
    }
  }

  /// The settings with it at a raw figure, or at a choice.
  package func set(_ raw: Int64, in settings: RunSettings) -> RunSettings {
    switch what {
    case .figure(let watched, _): return watched.set(raw, in: settings)
    case .reading(let reading, let key):
      var settings = settings
      if let i = Int(exactly: raw), reading.choices.indices.contains(i) {
        settings.readings[key] = reading.choices[i].name
      }
      return settings
    case .assumption(let assumption):
      var settings = settings
      for i in settings.assumptions.indices where settings.assumptions[i].id == assumption.id {
        settings.assumptions[i].number = raw
      }
      return settings
    }
  }

  package func text(_ raw: Int64, _ places: Gazetteer) -> Text {
    switch what {
    case .figure(_, let type):
      if case .parameter(let parameter) = target {
        ValueText.text(raw, of: parameter, places: places)
      } else {
        ValueText.text(raw, type, places: places)
      }
    case .reading(let reading, _):
      Int(exactly: raw).flatMap { reading.choices.indices.contains($0) ? reading.choices[$0].words : nil } ?? .same("?")
    case .assumption(let assumption): assumption.text(raw)
    }
  }
}

extension Session {
  /// What a name stands for that can be varied, in a programme.
  package func varied(_ name: Written, in inquiry: Inquiry) throws(Refusal) -> Varied {
    switch library.resolve(name.text, in: inquiry.documents) {
    case .unknown(let nearest): throw Refusal(.unknownName(name.raw, nearest: nearest), at: name.location)
    case .ambiguous(let targets):
      let figures = targets.filter { if case .reading = $0 { false } else { true } }
      if let only = figures.first, figures.count == 1, let varied = Varied(only) { return varied }
      throw Refusal(.ambiguousName(name.raw, Settable.typedNames(targets)), at: name.location)
    case .found(let target):
      guard let varied = Varied(target) else { throw Refusal(.whatIf(.notVaried(name.raw)), at: name.location) }
      return varied
    }
  }

  /// The question about a programme that a name to be varied belongs to: one that names no programme and varies a
  /// figure
  /// of a document outside the present one is about that document.
  package func inquiry(_ programme: Programme?, varying name: Written, _ command: Command) throws(Refusal) -> Inquiry {
    let asked = try inquiry(programme, command)
    guard programme == nil, case .found(let target) = library.resolve(name.text, in: asked.documents) else {
      return asked
    }
    let id = target.id
    let isInside: Bool
    switch target {
    case .parameter: isInside = asked.documents.contains { id.hasPrefix($0.id + ".") }
    case .reading(let reading, _):
      isInside = !reading.id.contains(".") || asked.documents.contains { reading.id.hasPrefix($0.id + ".") }
    default: isInside = true
    }
    if isInside { return asked }
    guard let document = library.documents.first(where: { id.hasPrefix($0.id + ".") }) else { return asked }
    return try inquiry(
      ResolvedProgramme(names: [document.id], documents: [document]), asked.scenario, command, default: asked.base.mode)
  }

  package func figure(_ text: Written, of varied: Varied) throws(Refusal) -> Int64 {
    guard case .figure(_, let type) = varied.what else {
      throw Refusal(.whatIf(.notVaried(varied.id)), at: text.location)
    }
    do {
      return try ValueText.read(text.text, as: type, places: library.places)
    } catch {
      throw Refusal(.value(error, name: varied.target.typedName), at: text.location)
    }
  }
}
