using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Tests.Conformance.Grammar;

/// <summary>
/// Chooses, of many statements, as few and as short ones as have every shape between them: sqlfluff takes half a second for a long one.
/// </summary>
internal sealed partial class StatementShapes
{
    // Between these, elements of one shape stand for each other, however many they are.
    private static readonly string[] Separators = ["UNION", ",", "OR", "AND", "WHEN"];

    private readonly HashSet<string> _names;

    /// <summary>Makes a chooser.</summary>
    /// <param name="catalog">The tables and columns, of which one name is as good as another.</param>
    /// <param name="statements">The statements, some of which make tables of their own.</param>
    public StatementShapes(LoyaltyCatalog catalog, IReadOnlyCollection<string> statements)
    {
        var declared = catalog.Tables.SelectMany(
            table => table.Columns.Select(column => column.Name).Append(table.Name.Table).Append(table.Name.Schema));
        _names = [.. declared,
            .. statements.Select(statement => TemporaryTable().Match(statement)).Where(match => match.Success)
                .Select(match => match.Groups["name"].Value)];
    }

    /// <summary>Chooses.</summary>
    /// <param name="isChecked">Whether a shape needs no statement that has it.</param>
    public IReadOnlyList<string> Choose(IEnumerable<string> statements, Func<string, bool> isChecked)
    {
        var chosen = new List<(string Statement, HashSet<string> Parts)>();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var statement in statements.Distinct(StringComparer.Ordinal).OrderBy(statement => statement.Length))
        {
            var parts = PartsOf(statement);
            parts.RemoveWhere(part => isChecked(part));
            if (parts.All(counts.ContainsKey))
                continue;
            chosen.Add((statement, parts));
            foreach (var part in parts)
                counts[part] = counts.GetValueOrDefault(part) + 1;
        }

        // A longer one that came later may have all that a shorter one was chosen for.
        foreach (var candidate in chosen.ToArray().Reverse().Where(candidate => candidate.Parts.All(part => counts[part] > 1)))
        {
            chosen.Remove(candidate);
            foreach (var part in candidate.Parts)
                counts[part]--;
        }

        return [.. chosen.Select(choice => choice.Statement)];
    }

    /// <summary>The shapes of a statement: of its outermost level, and of what is in each pair of parentheses.</summary>
    public HashSet<string> PartsOf(string statement)
    {
        var parts = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<List<string>>([[]]);
        foreach (var token in Token().Matches(statement).Select(match => Normalize(match.Value)).OfType<string>())
        {
            if (token == "(")
            {
                open.Push([]);
            }
            else if (token == ")" && open.Count > 1)
            {
                var inner = open.Pop();
                parts.Add(Reduce(inner, 0));
                open.Peek().Add(inner is ["SELECT" or "WITH", ..] ? "(query)" : "()");
            }
            else
            {
                open.Peek().Add(token);
            }
        }

        parts.UnionWith(open.Select(level => Reduce(level, 0)));
        return parts;
    }

    private string? Normalize(string token) => token switch
    {
        ['-', '-', ..] => null,
        ['\'', ..] => "text",
        ['@', ..] => "stage",
        ['?'] or [>= '0' and <= '9', ..] => "number",
        _ => _names.Contains(token) ? "name" : token,
    };

    private static string Reduce(IReadOnlyList<string> tokens, int separator)
    {
        if (separator == Separators.Length)
            return string.Join(' ', tokens);
        var elements = new List<List<string>>([[]]);
        foreach (var token in tokens)
        {
            if (token == Separators[separator])
                elements.Add([]);
            else
                elements[^1].Add(token);
        }

        return string.Join(
            $" {Separators[separator]} ", elements.Select(element => Reduce(element, separator + 1)).Distinct(StringComparer.Ordinal));
    }

    [GeneratedRegex(
        @"'(?:[^']|'')*'|""[^""]*""|--[^\n]*|@[^\s,)]+|[0-9]+(?:\.[0-9]+)?|\w+|<>|<=|>=|\|\||::|\S",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Token();

    [GeneratedRegex(
        @"^CREATE OR REPLACE TEMPORARY TABLE (?<name>\w+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex TemporaryTable();
}
