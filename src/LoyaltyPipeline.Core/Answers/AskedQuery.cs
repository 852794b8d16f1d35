using System.Globalization;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Publication.Languages;
using LoyaltyPipeline.Core.Queries;

namespace LoyaltyPipeline.Core.Answers;

/// <summary>
/// A query with the values of its parameters. The values go to the engine apart from the text: in the text each is a placeholder.
/// </summary>
internal sealed class AskedQuery
{
    // Where the parser that reads the text here wants a parameter.
    private const string ParserPrefix = "$";

    private readonly string _text;
    private readonly IReadOnlyList<ParameterName> _places;
    private readonly IReadOnlyList<object?> _values;
    private readonly Dictionary<string, IReadOnlyList<int>> _numbers = new(StringComparer.OrdinalIgnoreCase);
    private readonly IReadOnlyList<TextEdits.Edit> _tables;

    private AskedQuery(string text, IReadOnlyDictionary<string, object?> parameters)
    {
        _text = WithoutEnd(text);
        (_places, _tables) = (ParameterName.FindIn(_text), []);
        Demand(parameters);
        var values = new List<object?>();
        foreach (var (name, value) in parameters)
        {
            var bound = ParameterValue.ListOf(name, value);
            _numbers[name] = [.. Enumerable.Range(values.Count + 1, bound.Count)];
            values.AddRange(bound);
        }

        _values = values;
        Understood = Understand();
    }

    private AskedQuery(AskedQuery other, IReadOnlyList<TextEdits.Edit> tables)
    {
        (_text, _places, _values, _numbers, _tables) = (other._text, other._places, other._values, other._numbers, tables);
        Understood = Understand();
    }

    /// <summary>What the engine's parser makes of it, with placeholders.</summary>
    public UserQuery Understood { get; }

    /// <summary>Reads a query.</summary>
    /// <exception cref="LoyaltyException"><c>QueryRefused</c>; <c>QueryParameterInvalid</c>.</exception>
    public static AskedQuery Read(string text, IReadOnlyDictionary<string, object?> parameters) => new(text, parameters);

    /// <summary>The same query with something else in the place of some tables.</summary>
    /// <param name="replace">What takes the place of a name: where it stands in the text as it was written, and how the parser read it;
    /// null where the name stays.</param>
    /// <exception cref="LoyaltyException"><c>QueryRefused</c>: it would be no query any more.</exception>
    public AskedQuery Replace(Func<string, TablePlace, TextEdits.Edit?> replace)
    {
        var edits = Edits(ParserPrefix);
        return new AskedQuery(
            this,
            [.. Understood.Places.Select(place => replace(_text, place with { Start = edits.Back(place.Start) }))
                .OfType<TextEdits.Edit>()]);
    }

    /// <summary>How many names were replaced.</summary>
    public int Replacements => _tables.Count;

    /// <summary>The text that an engine runs, and the values of its placeholders.</summary>
    public (TextEdits Text, IReadOnlyList<object?> Values) For(SqlDialect dialect) => dialect.ParameterPrefix is { } prefix
        ? (Edits(prefix), _values)
        : (Edits(prefix: null), [.. _places.SelectMany(place => _numbers[place.Name]).Select(number => _values[number - 1])]);

    /// <summary>The text with NULL for each value, for who only looks whether it is a statement.</summary>
    public string WithoutValues => new TextEdits(
        _text, _tables.Concat(_places.Select(place => new TextEdits.Edit(place.Start, place.Length, "NULL")))).Apply();

    private TextEdits Edits(string? prefix) => new(
        _text,
        _tables.Concat(_places.Select(place => new TextEdits.Edit(place.Start, place.Length, Placeholders(place, prefix)))));

    private string Placeholders(ParameterName place, string? prefix) => _numbers[place.Name] is { Count: > 0 } numbers
        ? SqlText.List(numbers.Select(
            number => prefix is null ? "?" : string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}")))
        : Nothing(place);

    // NOT IN (NULL) would be true of nothing, and of a list without elements it is true of everything.
    private string Nothing(ParameterName place) => place.IsWholeList
        ? "SELECT NULL WHERE 1 = 0"
        : throw LoyaltyErrors.QueryParameterInvalid.Because(
            $"The list @{place.Name} has no element, and that is nothing that can stand at {TextPlace.Say(_text, place.Start)}.", place.Name,
            $"Write IN (@{place.Name}), where an empty list can stand, or give it an element.");

    // The end of a statement and what is noted behind it.
    private static string WithoutEnd(string text)
    {
        var end = SqlLexer.Read(text).LastOrDefault(
            token => token.Kind is not (SqlTokenKind.Blank or SqlTokenKind.Comment) && text[token.Start] != ';').End;
        return end == 0 ? text : text[..end];
    }

    private void Demand(IReadOnlyDictionary<string, object?> parameters)
    {
        var named = _places.Select(place => place.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var given = parameters.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (_places.FirstOrDefault(place => !given.Contains(place.Name)) is { } missing)
            throw LoyaltyErrors.QueryParameterInvalid.Because(
                $"The query has a parameter @{missing.Name}, at {TextPlace.Say(_text, missing.Start)}, and -Parameter gives it no value.",
                missing.Name);
        if (parameters.Keys.FirstOrDefault(name => !named.Contains(name)) is { } surplus)
            throw LoyaltyErrors.QueryParameterInvalid.Because(
                $"-Parameter gives a value to {surplus}, and the query has no parameter @{surplus}.", surplus);
    }

    private UserQuery Understand()
    {
        var edits = Edits(ParserPrefix);
        try
        {
            var query = UserQuery.Read(edits.Apply(), takesParameters: true);
            DemandSame(query);
            return query;
        }
        catch (QueryRefusedException refusal)
        {
            var place = refusal.Position is { } position ? $", at {TextPlace.Say(_text, edits.Back(position))}" : string.Empty;
            throw LoyaltyErrors.QueryRefused.Because($"The query cannot be run: {refusal.Message}{place}.");
        }
    }

    // What the parser takes for parameters must be what was found, or values would get into wrong places.
    private void DemandSame(UserQuery query)
    {
        var expected = _places.SelectMany(place => _numbers[place.Name]).Select(number => number.ToString(CultureInfo.InvariantCulture));
        if (!query.Parameters.Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal), StringComparer.Ordinal))
            throw new QueryRefusedException("a parameter is written as @ and a name, where a value may stand, and nothing else is one");
    }
}
