using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Queries;

/// <summary>
/// A query that a user wrote. What it is, the engine's own parser has said: exactly one SELECT that reads tables and nothing else - no
/// files, no network, no settings - and that stays in the parentheses round it. Whoever runs one has it admitted first.
/// </summary>
public sealed partial class UserQuery
{
    // The engine reads no deeper trees either.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 4000 };

    private readonly QueryTree _tree;

    private UserQuery(string text, QueryTree tree)
    {
        Text = text;
        _tree = tree;
    }

    /// <summary>The text, such that it can stand in parentheses.</summary>
    public string Text { get; }

    /// <summary>Reads a query.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="reason">Why there is none, to be read after its name.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryRead(string text, out UserQuery query, out string reason)
    {
        (query, reason) = (null!, string.Empty);
        try
        {
            query = Read(text, takesParameters: false);
            return true;
        }
        catch (QueryRefusedException refusal)
        {
            reason = refusal.Position is { } position ? $"{refusal.Message}, at {TextPlace.Say(text, position)}" : refusal.Message;
        }

        return false;
    }

    /// <summary>Reads a query.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="takesParameters">Whether it may have parameters.</param>
    /// <exception cref="QueryRefusedException">It is no query that may be run.</exception>
    internal static UserQuery Read(string text, bool takesParameters)
    {
        // What follows must not become part of a comment in the last line.
        var statement = $"{Ending().Replace(text, string.Empty)}\n";
        try
        {
            var answers = DuckDbParser.Parse(statement, CountOf(statement));
            var query = new UserQuery(
                statement, QueryTree.Read(ReadSelect(answers[0], "it cannot be parsed", statement), takesParameters));
            DemandParentheses(ReadSelect(answers[1], "it cannot stand in parentheses", statement: null));
            return query;
        }
        catch (JsonException)
        {
            throw new QueryRefusedException("it is nested too deeply");
        }
        catch (FormatException exception)
        {
            throw new QueryRefusedException($"it cannot be parsed: {exception.Message}");
        }
    }

    /// <summary>What the query calls its parameters, once for each place.</summary>
    internal IReadOnlyList<string> Parameters => _tree.Parameters;

    /// <summary>Where the query names tables, and columns with their table before them.</summary>
    internal IEnumerable<TablePlace> Places => _tree.PlacesIn(Text);

    /// <summary>The query that counts the rows.</summary>
    internal string Count => CountOf(Text);

    /// <summary>The query that yields some of the rows.</summary>
    /// <param name="rows">How many at most.</param>
    internal string First(int rows) => $"SELECT * FROM ({Text}) AS q LIMIT {rows}";

    /// <summary>
    /// What each column of the result is made of, as far as the text tells. What it does not tell of may be personal data, where the query
    /// touches any.
    /// </summary>
    /// <param name="locate">Where a table of the catalog is.</param>
    /// <param name="tables">The tables within reach.</param>
    internal ResultOrigins OriginsOf(LoyaltyCatalog catalog, Func<TableName, string> locate, TablesInReach tables)
    {
        var personal = catalog.Tables.SelectMany(table => table.Columns).Where(column => column.PersonalData != PersonalData.None)
            .Select(column => column.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new QueryLineage(Stored, _tree.Touches(personal) ? "what the query does not tell of" : null).Of(_tree);

        IReadOnlyList<ResultColumn>? Stored(TableReference reference)
        {
            if (tables.Find(reference) is not { } name)
                return null;
            var table = catalog.Tables.FirstOrDefault(one => string.Equals(locate(one.Name), name, StringComparison.OrdinalIgnoreCase));
            return [.. tables.ShapeOf(name).Columns.Keys
                .Select(
                    column => new ResultColumn(
                        column, table?.Key.Any(key => key.Name == column && key.PersonalData == PersonalData.None) == true,
                        personal.Contains(column) ? $"{name}.{column}" : null))];
        }
    }

    /// <summary>
    /// What each column of the result is made of, where the query reads the tables of the catalog by their names there. What the text does
    /// not tell of counts as no personal data.
    /// </summary>
    internal ResultOrigins OriginsOf(LoyaltyCatalog catalog)
    {
        return new QueryLineage(Declared, untold: null).Of(_tree);

        IReadOnlyList<ResultColumn>? Declared(TableReference reference) => catalog.Find(reference.ToString())?.Columns
            .Select(
                column => new ResultColumn(
                    column.Name, IsKey: false, column.PersonalData == PersonalData.None ? null : $"{reference}.{column.Name}"))
            .ToList();
    }

    /// <summary>
    /// Lets the query in where the engine that is to run it agrees: it reads tables and views of the warehouse and of the sources within
    /// reach, and the engine takes it for one statement.
    /// </summary>
    /// <param name="session">The session that is to run it.</param>
    /// <param name="tables">The tables within reach.</param>
    /// <param name="target">What the query belongs to.</param>
    /// <exception cref="LoyaltyException"><c>QueryRefused</c>: it is not let in; <c>QueryFailed</c>: the engine cannot plan it.</exception>
    internal async Task AdmitAsync(IWarehouseSession session, TablesInReach tables, string target, CancellationToken cancellationToken)
    {
        DemandReach(tables, target);
        await DemandOneAsync(session, Text, cancellationToken);
        await session.ExecuteAsync(session.Dialect.Explain(Count), cancellationToken);
    }

    /// <summary>Makes sure that the query reads nothing but tables within reach.</summary>
    /// <param name="target">What the query belongs to.</param>
    /// <exception cref="LoyaltyException"><c>QueryRefused</c>.</exception>
    internal void DemandReach(TablesInReach tables, string? target)
    {
        if (_tree.Tables.FirstOrDefault(table => tables.Find(table) is null) is { } unknown)
            throw LoyaltyErrors.QueryRefused.Because(
                $"The query reads {unknown}, which is no table or view of the warehouse or of its sources.", target);
    }

    /// <summary>Makes sure that an engine whose parser is not this machine's takes a text for one statement.</summary>
    /// <exception cref="LoyaltyException"><c>QueryFailed</c>.</exception>
    internal static async Task DemandOneAsync(IWarehouseSession session, string text, CancellationToken cancellationToken)
    {
        if (session.Dialect.DescribeText is { } describe)
            await session.ListAsync(describe, [text], reader => reader.FieldCount, cancellationToken);
    }

    private static string CountOf(string text) => $"SELECT COUNT(*) FROM ({text}) AS q";

    private static JsonElement ReadSelect(string answer, string reason, string? statement)
    {
        var root = JsonDocument.Parse(answer, Options).RootElement;
        if (root.GetProperty("error").GetBoolean())
            throw Refusal(root, reason, statement);
        return root.GetProperty("statements").GetArrayLength() switch
        {
            0 => throw new QueryRefusedException("it is no SELECT"),
            1 => root.GetProperty("statements")[0].GetProperty("node"),
            _ => throw new QueryRefusedException("it is more than one statement"),
        };
    }

    // A literal that the parser stumbles over may be somebody's name.
    private static QueryRefusedException Refusal(JsonElement answer, string reason, string? statement)
    {
        var message = answer.TextOf("error_message") ?? string.Empty;
        if (message.Contains("named and positional parameters", StringComparison.Ordinal))
            return new QueryRefusedException("it has parameters of two kinds");
        if (answer.TextOf("error_type") == "not implemented")
            return new QueryRefusedException("it is no SELECT");
        var position = statement is not null && int.TryParse(answer.TextOf("position"), CultureInfo.InvariantCulture, out var bytes)
            ? TextPlace.OfBytes(statement, bytes)
            : (int?)null;
        return new QueryRefusedException($"{reason}: {Literal().Replace(message, "near a literal")}", position);
    }

    // The text is all of the subquery, and nothing else is in the statement.
    private static void DemandParentheses(JsonElement counting)
    {
        var isAlone = counting.TextOf("type") == "SELECT_NODE"
            && counting.EnumerateObject().All(part => part.Name is "type" or "select_list" or "from_table" or "aggregate_handling")
            && counting.GetProperty("from_table").TextOf("type") == "SUBQUERY" && counting.GetProperty("from_table").TextOf("alias") == "q";
        if (!isAlone)
            throw new QueryRefusedException("it does not stay in parentheses");
    }

    [GeneratedRegex(
        "at or near \"'.*\\z", RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Literal();

    [GeneratedRegex(@"[\s;]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ending();
}
