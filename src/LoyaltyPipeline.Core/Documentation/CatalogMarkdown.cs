using System.Text;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Documentation.Diagrams;
using LoyaltyPipeline.Core.Redaction;

namespace LoyaltyPipeline.Core.Documentation;

/// <summary>The catalog as one Markdown page, which code hosts show: the dictionary, what refers to what, and what is made of what.</summary>
internal sealed class CatalogMarkdown(PipelineDefinition pipeline, SelectPieces script, IReadOnlyList<IReadOnlyList<string>> states)
{
    /// <summary>What each such page says near its beginning, and no other.</summary>
    public const string Mark = "made by `Export-LoyaltyCatalog`";

    private readonly StringBuilder _text = new();
    private readonly Lineage _lineage = new(pipeline);

    private LoyaltyCatalog Catalog => pipeline.Catalog;

    public string Write()
    {
        Line("# Catalog");
        Line($"Every table and column of the pipeline, {Mark} from `catalog.yml`, `Master_Table.sql`, the views and "
            + "`pipeline.yml`. Do not edit it: change those, and run the cmdlet again.");
        Line($"[Tables](#tables) · [What refers to what](#what-refers-to-what) · [What is made of what](#what-is-made-of-what) · "
            + "[How Master is made](#how-master-is-made) · [Who is sent what](#who-is-sent-what)");
        if (states.Count > 0)
            States();
        Tables();
        References();
        Origins();
        Master();
        Consumers();
        return _text.ToString();
    }

    private void States()
    {
        Line("## State");
        Table(["Table", "Rows", "Newest", "Days old", "Limit (days)", "Last check"], states);
    }

    private void Tables()
    {
        Line("## Tables");
        Table(
            ["Table", "Kind", "Meaning"],
            Catalog.Tables.Select(table => new[] { $"[{table.Name}](#{Anchor(table)})", Kind(table), table.Description }));
        foreach (var table in Catalog.Tables)
        {
            Line($"### {table.Name}");
            Line($"{Kind(table)}. {Prose(table.Description)}{Facts(table)}");
            Table(
                ["Column", "Type", "Key", "Personal data", "Rules", "Made of", "Meaning"],
                table.Columns.Select(column => new[]
                {
                    column.Name, column.Type.ToString(), table.Key.Contains(column) ? "key" : string.Empty, Class(column),
                    ColumnRules.Of(column), string.Join(", ", column.From), column.Description,
                }));
        }
    }

    private void References()
    {
        Line("## What refers to what");
        Line("![The tables and what refers to what](erd.svg)");
        Line($"```mermaid\n{new EntityDiagram(Catalog).WriteMermaid()}```");
    }

    private void Origins()
    {
        Line("## What is made of what");
        Line("Personal data is red, all the way to who is sent it. That a column is made of just these is proven by an experiment of the "
            + "tests: each column is changed, and what moves is compared with what is said here.");
        Line("![From the columns of the sources to consumers](lineage.svg)");
        Table(
            ["Column", "Makes"],
            _lineage.Edges.Select(edge => edge.From).Distinct()
                .Select(from => new[]
                {
                    from.ToString(), string.Join(", ", _lineage.Edges.Where(edge => edge.From == from).Select(edge => edge.To)),
                }));
    }

    private void Master()
    {
        Line("## How Master is made");
        Line("Each column, and the piece of `Master_Table.sql` that makes it.");
        Table(
            ["Column", "Meaning", "SQL", "Reads"],
            script.Columns.Select(piece => new[]
            {
                piece.Name, Catalog.Master.FindColumn(piece.Name)?.Description ?? string.Empty, $"`{piece.Sql}`",
                script.ReadBy(piece.Sql) is { } name ? $"[{name}](#{name.Replace('_', '-')})" : string.Empty,
            }));
        foreach (var (name, sql) in script.CommonTables)
        {
            Line($"### {name}");
            Line($"```sql\n{sql}\n```");
        }
    }

    private void Consumers()
    {
        Line("## Who is sent what");
        Line("By the settings of `pipeline.yml`, or the default ones. What is dropped is not listed.");
        Table(
            ["Consumer", "Column", "Personal data", "Redaction"],
            _lineage.Delivered.Select(sent => new[]
            {
                sent.Consumer, sent.Column.Name, Class(sent.Column),
                sent.Redaction == RedactionMethod.Keep ? string.Empty : sent.Redaction.ToString().ToLowerInvariant(),
            }));
    }

    internal static string Kind(CatalogTable table) => table.Kind switch
    {
        TableKind.Source => "Source",
        TableKind.View => "View",
        _ => "Table of the pipeline",
    };

    private static string Facts(CatalogTable table)
    {
        var facts = new List<string>();
        if (table.Required)
            facts.Add("A merge needs it.");
        if (table.EventTime is { } time)
            facts.Add($"Of several rows of a key the one with the latest {time.Name} counts.");
        if (table.FreshWithin is { } days)
            facts.Add($"Its newest row is to be no older than {days} days.");
        return facts.Count == 0 ? string.Empty : $" {string.Join(' ', facts)}";
    }

    internal static string Class(CatalogColumn column) => (column.PersonalData, column.Anonymization) switch
    {
        (PersonalData.None, Anonymization.None) => string.Empty,
        (PersonalData.None, var how) => $"ends here ({how.ToString().ToLowerInvariant()})",
        (var kind, _) => kind.ToString().ToLowerInvariant(),
    };

    private static string Anchor(CatalogTable table) =>
        table.Name.ToString().ToLowerInvariant().Replace(".", string.Empty, StringComparison.Ordinal);

    private void Line(string text) => _text.Append(text).Append("\n\n");

    private void Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        _text.Append($"| {string.Join(" | ", heads)} |\n|{string.Concat(heads.Select(_ => " --- |"))}\n");
        foreach (var row in rows)
            _text.Append($"| {string.Join(" | ", row.Select(Cell))} |\n");
        _text.Append('\n');
    }

    private static string Cell(string text) =>
        (IsCode(text) ? text : Prose(text)).Replace("|", "\\|", StringComparison.Ordinal);

    private static bool IsCode(string text) => text.Length > 1 && text.IndexOf('`', 1) == text.Length - 1 && text[0] == '`';

    // What somebody writes of a table or column is a text, whatever it looks like; a table ends with its line.
    private static string Prose(string text) => string.Join(' ', text.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        .Replace("*", "\\*", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
