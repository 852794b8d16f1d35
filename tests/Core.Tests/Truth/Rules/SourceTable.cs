namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>A source, as its text declares it: <c>TABLE key=… event=…: COLUMN TYPE …; COLUMN TYPE …</c>.</summary>
/// <param name="Text">In one line.</param>
/// <param name="Name">With its schema: DW_A.USER_PROFILE.</param>
public sealed record SourceTable(string Text, string Name, IReadOnlyList<string> Marks, IReadOnlyList<SourceColumn> Columns)
{
    public string FileName => Name.Split('.')[1] + ".csv";

    public string KeyList => string.Join(", ", Columns.Where(column => column.IsKey).Select(column => column.Name));

    /// <summary>The column that picks the winner among rows of a key.</summary>
    public SourceColumn? EventTime { get; } = Find(Columns, Mark(Marks, "event"));

    /// <summary>The column that decides whether a row counts; null where each does.</summary>
    public SourceColumn? CountedBy { get; } = Find(Columns, Mark(Marks, "counted") ?? Mark(Marks, "event"));

    /// <summary>The column with the user a row belongs to.</summary>
    public SourceColumn? Owner { get; } = Columns.FirstOrDefault(column => column.IsOwner);

    public static SourceTable Parse(string text)
    {
        var line = OneLine(text);
        var parts = line.Split(": ");
        var words = parts[0].Split(' ');
        return new SourceTable(line, words[0], words[1..], ParseColumns(parts[1], Mark(words, "key")!.Split(',')));
    }

    public static string OneLine(string text) => string.Join(' ', text.Split('\n', StringSplitOptions.TrimEntries));

    public static IReadOnlyList<SourceColumn> ParseColumns(string text, IReadOnlyCollection<string> key) =>
        [.. text.Split("; ").Select(column => SourceColumn.Parse(column, key))];

    public static string? Mark(IEnumerable<string> marks, string name) => marks
        .Where(mark => mark.StartsWith(name + "=", StringComparison.Ordinal))
        .Select(mark => mark[(name.Length + 1)..])
        .FirstOrDefault();

    private static SourceColumn? Find(IReadOnlyList<SourceColumn> columns, string? name) =>
        name is null or "none" ? null : columns.Single(column => column.Name == name);
}
