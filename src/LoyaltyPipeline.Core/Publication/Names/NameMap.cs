namespace LoyaltyPipeline.Core.Publication.Names;

/// <summary>
/// Which published name stands for which name. What differs by case, or by how its parts are joined, is one name: USER_PROFILE,
/// user_profile and UserProfile become TABLE_A, table_a and TableA. Each spelling has a published one of its own, so that it comes back.
/// </summary>
internal sealed class NameMap
{
    private readonly Dictionary<string, string> _published = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _originals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Pseudonym> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Pseudonym> _joined = new(StringComparer.Ordinal);
    private readonly HashSet<string> _forms = new(StringComparer.Ordinal);
    private readonly Dictionary<NameKind, int> _next = [];
    private readonly List<MapRow> _rows = [];
    private readonly PhraseIndex _phrases = new(StringComparison.OrdinalIgnoreCase);
    private readonly PhraseIndex _publishedPhrases = new(StringComparison.Ordinal);

    /// <summary>Words that a published name must differ from: those of the texts that are published.</summary>
    public HashSet<string> Taken { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The rows, in the order in which they came.</summary>
    public IReadOnlyList<MapRow> Rows => _rows;

    /// <summary>The spelling that a published one stands for; null where it stands for nothing.</summary>
    public string? OriginalOf(string published) => _originals.GetValueOrDefault(published);

    /// <summary>Whether a text is the form of a published name, in whatever case.</summary>
    public bool IsForm(string text) => _forms.Contains(text.ToLowerInvariant());

    /// <summary>Whether a spelling is one of a name that is known.</summary>
    public bool Knows(string spelling) => Find(spelling) is not null;

    /// <summary>The end of the longest name of several words that begins at a place; the place itself where none does.</summary>
    public int EndOfPhrase(string text, int at, int end) => _phrases.EndOf(text, at, end);

    /// <summary>The same of published names.</summary>
    public int EndOfPublished(string text, int at, int end) => _publishedPhrases.EndOf(text, at, end);

    /// <summary>Takes over a row of an earlier publication.</summary>
    /// <returns>What is wrong with it; null where it is taken over.</returns>
    public string? Add(MapRow row)
    {
        if (Pseudonym.Read(row.Kind, row.Published) is not { } pseudonym)
            return $"'{row.Published}' is no published name of the kind {row.Kind}";
        if (row.Original.Length == 0)
            return $"'{row.Published}' stands for nothing";
        if (_originals.ContainsKey(row.Published) || _published.ContainsKey(row.Original))
            return $"'{row.Published}', or what it stands for, is there twice";
        if (Find(row.Original)?.Name is { } known && known != pseudonym)
            return $"'{row.Published}' stands for what has another published name in another spelling";
        if (!Knows(row.Original))
            Introduce(row.Original, pseudonym);
        Keep(row);
        return null;
    }

    /// <summary>The published spelling of a name, which it gets now where it has none.</summary>
    /// <param name="spelling">The name as it is written.</param>
    /// <param name="kind">What it is, where it is new.</param>
    public string Publish(string spelling, NameKind kind)
    {
        if (_published.TryGetValue(spelling, out var published))
            return published;
        var (name, separator) = Find(spelling) ?? (Introduce(spelling, Next(kind)), SeparatorOf(spelling));
        published = LetterCase.Ways(name.Parts(separator), spelling).First(way => !_originals.ContainsKey(way));
        Keep(new MapRow(name.Kind, spelling, published));
        return published;
    }

    private void Keep(MapRow row)
    {
        _rows.Add(row);
        _published.Add(row.Original, row.Published);
        _originals.Add(row.Published, row.Original);
        _phrases.Add(row.Original);
        _publishedPhrases.Add(row.Published);
    }

    private (Pseudonym Name, string Separator)? Find(string spelling)
    {
        var key = spelling.ToLowerInvariant();
        if (_names.TryGetValue(key, out var name))
            return (name, "_");
        if (WordShape.IsHyphenated(spelling) && _names.TryGetValue(key.Replace('-', '_'), out name))
            return (name, "-");
        return !key.Contains('_', StringComparison.Ordinal) && _joined.TryGetValue(key, out name) ? (name, string.Empty) : null;
    }

    // UserProfile is written without a separator; users, and what is no word, with one: there is no other spelling of them.
    private static string SeparatorOf(string spelling) =>
        WordShape.IsWord(spelling) && !spelling.Contains('_', StringComparison.Ordinal) && WordShape.PartsOf(spelling).Count > 1
            ? string.Empty
            : "_";

    private Pseudonym Introduce(string spelling, Pseudonym name)
    {
        foreach (var form in name.Forms)
            _forms.Add(form);
        var parts = WordShape.IsWord(spelling) ? WordShape.PartsOf(spelling) : [];
        if (parts.Count < 2)
        {
            _names.Add(spelling.ToLowerInvariant(), name);
            return name;
        }

        _joined.TryAdd(WordShape.Flat(spelling), name);
        var isSeparated = spelling.Contains('_', StringComparison.Ordinal);
        _names.TryAdd(isSeparated ? spelling.ToLowerInvariant() : string.Join('_', parts), name);
        return name;
    }

    private Pseudonym Next(NameKind kind)
    {
        while (true)
        {
            var number = _next.GetValueOrDefault(kind);
            _next[kind] = number + 1;
            var name = Pseudonym.Of(kind, number);
            if (name.IsUsable && !name.Forms.Any(form => _forms.Contains(form) || Taken.Contains(form)))
                return name;
        }
    }
}
