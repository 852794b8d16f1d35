using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Hashing;
using LoyaltyPipeline.Core.Publication.Languages;
using LoyaltyPipeline.Core.Publication.Names;
using LoyaltyPipeline.Core.Publication.Renaming;
using LoyaltyPipeline.Core.Publication.Verification;
using LoyaltyPipeline.Core.Publication.Words;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Publication;

/// <summary>Makes copies of scripts in which every name of the project's own is another one.</summary>
public sealed class ScriptPublisher
{
    private readonly PublicationOptions _options;
    private readonly MapFile _map;
    private readonly NameRules _rules;
    private readonly Renamer _renamer;
    private readonly NameSweep _sweep;

    private ScriptPublisher(PublicationOptions options, MapFile map, NameRules rules)
    {
        _options = options;
        _map = map;
        _rules = rules;
        _sweep = new NameSweep(map.Names, rules);
        _renamer = new Renamer(map.Names, _sweep);
    }

    /// <summary>Plans a publication: reads all files and renames what is in them, and writes nothing.</summary>
    /// <param name="options">What is to be published.</param>
    /// <param name="reporter">Is told what is left out.</param>
    /// <returns>What would be written.</returns>
    /// <exception cref="LoyaltyException"><c>ScriptNotFound</c>, <c>PublicationMapInvalid</c>, <c>PublicationMapExposed</c>,
    /// <c>PublicationUnwritable</c>.</exception>
    public static async Task<PublicationPlan> PlanAsync(
        PublicationOptions options, IRunReporter reporter, CancellationToken cancellationToken)
    {
        PublicationPlaces.DemandApart(options.Map, options.Destination);
        var files = new ScriptFiles([options.Map, options.Destination], reporter).Find(options.Paths);
        var map = MapFile.Read(options.Map, isNew: true);
        var rules = new NameRules(await LanguageWords.LoadAsync(cancellationToken), options.Keep, options.IsRunnable);
        return new ScriptPublisher(options, map, rules).Plan(files, cancellationToken);
    }

    private PublicationPlan Plan(IReadOnlyList<ScriptFile> files, CancellationToken cancellationToken)
    {
        var problems = new List<LoyaltyException>();
        var scripts = new List<Script>();
        var pieces = new ScriptPieces(_rules, _options.PowerShell);
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                scripts.Add(Read(file, pieces));
            }
            catch (LoyaltyException exception) when (exception.Definition == LoyaltyErrors.ScriptUnusable)
            {
                problems.Add(exception);
            }
        }

        Introduce(scripts);
        List<RenamedScript> renamed;
        int known;
        do
        {
            // A word that gives a name away becomes one, which may be found in what came before it.
            known = _map.Names.Rows.Count;
            renamed = [.. scripts.Select(Rename)];
            IntroduceWhatIsLeft(renamed);
        }
        while (known != _map.Names.Rows.Count);
        List<PlannedCopy> copies = [.. renamed.Select(Copy)];
        PublicationPlaces.DemandDistinct([.. copies.Select(copy => copy.File)], _options.Map);
        (_map.Keep, _map.IsRunnable) = (_options.Keep, _options.IsRunnable);
        _map.Hashes.UnionWith(scripts.Select(script => script.Hash));
        return new PublicationPlan(_map, copies, problems);
    }

    private static Script Read(ScriptFile file, ScriptPieces pieces)
    {
        var text = ScriptText.Read(file.Path);
        try
        {
            return new Script(file, text, pieces.In(text.Text, file.Kind));
        }
        catch (FormatException exception)
        {
            throw LoyaltyErrors.ScriptUnusable.Because(
                $"{file.Path} is no {file.Kind} that can be read: {exception.Message}", file.Path, "Correct the file at the line named.",
                exception);
        }
    }

    // Names of several parts first: then the same without its separators is known for what it is. What is most of all a table is one.
    private void Introduce(List<Script> scripts)
    {
        foreach (var script in scripts)
            TakeWords(script.Text.Text);
        foreach (var name in _options.Names)
            _map.Names.Publish(name, NameKind.Name);
        var names = scripts.SelectMany(script => script.Pieces.Select(piece => (script.Spelling(piece), piece.Kind)))
            .GroupBy(name => name.Item1, name => name.Kind, StringComparer.OrdinalIgnoreCase)
            .Select(name => (name.Key, Kind: name.Max())).ToList();
        foreach (var (name, kind) in names.OrderByDescending(name => name.Key.Contains('_', StringComparison.Ordinal)))
            _map.Names.Publish(name, kind);
    }

    // What the verification would find, in words that no language's rules took for a name.
    private void IntroduceWhatIsLeft(List<RenamedScript> scripts)
    {
        var search = new LeftoverSearch(_map.Names, _rules);
        foreach (var text in scripts.SelectMany(script => new[] { script.Name, script.Text }))
        {
            foreach (var left in search.In(text))
            {
                var words = Renamer.Restore(text[left.Start..left.End], _map.Names);
                _map.Names.Publish(words, WordShape.IsWord(words) ? NameKind.Name : NameKind.Text);
            }
        }
    }

    private void TakeWords(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = WordShape.EndOf(text, at);
            if (end > at)
                _map.Names.Taken.Add(text[at..end]);
            at = Math.Max(end, at + 1);
        }
    }

    private RenamedScript Rename(Script script)
    {
        var (text, names) = _renamer.Rename(script.Text.Text, script.Pieces);
        var name = new System.Text.StringBuilder();
        _sweep.Rename(script.File.Name, 0, script.File.Name.Length, name);
        return new RenamedScript(script, name.ToString(), text, names);
    }

    private PlannedCopy Copy(RenamedScript renamed)
    {
        var (script, name, text, names) = renamed;
        if (Renamer.Restore(text, _map.Names) != script.Text.Text || Renamer.Restore(name, _map.Names) != script.File.Name)
            throw LoyaltyErrors.PublicationNotReversible.Because($"{script.File.Path} would not come back as it is.", script.File.Path);
        var destination = Path.Combine(_options.Destination, name.Replace('/', Path.DirectorySeparatorChar));
        return new PlannedCopy(
            new PublishedFile(script.File.Path, destination, script.File.Kind, names), (script.Text with { Text = text }).Bytes);
    }

    private sealed record RenamedScript(Script Script, string Name, string Text, int Names);

    private sealed record Script(ScriptFile File, ScriptText Text, IReadOnlyList<Piece> Pieces)
    {
        public string Hash => TextHash.Sha256(Text.Bytes);

        public string Spelling(Piece piece) => Text.Text.Substring(piece.Start, piece.Length);
    }
}
