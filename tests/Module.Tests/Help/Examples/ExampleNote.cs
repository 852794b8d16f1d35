using System.Collections;
using System.Globalization;

namespace LoyaltyPipeline.Module.Tests.Help.Examples;

/// <summary>What the text says of a statement beyond that it works: an entry of Examples.psd1, which describes the keys.</summary>
internal sealed class ExampleNote(Hashtable entry)
{
    private static readonly string[] Keys = ["Code", "In", "Given", "Count", "Holds", "Files", "Warns", "OnlyBound"];

    /// <summary>The statement it is about, without line breaks.</summary>
    public string Code { get; } = Flatten((string)entry["Code"]!);

    public IReadOnlyList<string> Given { get; } = Texts(entry, "Given");

    public IReadOnlyList<string> Holds { get; } = Texts(entry, "Holds");

    public IReadOnlyList<string> Files { get; } = Texts(entry, "Files");

    public string? Warns { get; } = (string?)entry["Warns"];

    /// <summary>Why the statement is not run; null where it is.</summary>
    public string? OnlyBound { get; } = (string?)entry["OnlyBound"];

    /// <summary>A key that means nothing, by a slip.</summary>
    public string? UnknownKey => entry.Keys.Cast<string>().FirstOrDefault(key => !Keys.Contains(key, StringComparer.Ordinal));

    /// <summary>How many objects are emitted; null where nothing is said.</summary>
    public (int Least, int Most)? Count { get; } = entry["Count"] switch
    {
        null => null,
        int exactly => (exactly, exactly),
        var range => ReadRange((string)range),
    };

    public bool IsAbout(ExampleStatement statement) =>
        Flatten(statement.Text) == Code && (entry["In"] is not string place || statement.Example.Place == place);

    public override string ToString() => entry["In"] is string place ? $"{Code} in {place}" : Code;

    private static string Flatten(string code) => string.Join(' ', code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IReadOnlyList<string> Texts(Hashtable entry, string key) => entry[key] switch
    {
        null => [],
        string text => [text],
        var texts => [.. ((object[])texts).Cast<string>()],
    };

    private static (int Least, int Most) ReadRange(string range)
    {
        var ends = range.Split("..");
        return (
            int.Parse(ends[0], CultureInfo.InvariantCulture),
            ends[1].Length == 0 ? int.MaxValue : int.Parse(ends[1], CultureInfo.InvariantCulture));
    }
}
