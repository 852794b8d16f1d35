using System.Globalization;
using LoyaltyPipeline.Core.Pii;
using LoyaltyPipeline.Core.Pii.Detectors;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Pii;

/// <summary>
/// A column is judged as a whole: by how many of its values match, against what chance makes of them, and by what it is called.
/// </summary>
public sealed class ColumnJudgeTests
{
    [Fact]
    public void One_of_ten_order_numbers_has_a_check_digit_and_is_no_card()
    {
        var random = new Random(1);
        var orders = Enumerable.Range(0, 2000).Select(_ => $"4{random.NextInt64(100_000_000_000_000, 1_000_000_000_000_000)}").ToList();

        Assert.Empty(Judge("REFERENCE", orders));
        Assert.Empty(Judge("CARD_NUMBER", orders));
    }

    [Fact]
    public void Cards_are_found_whatever_the_column_is_called()
    {
        var random = new Random(1);
        var cards = Enumerable.Range(0, 200).Select(_ => Card(random)).ToList();

        Assert.Equal((PiiKind.CardNumber, 1.0, PiiConfidence.High), Only(Judge("X", cards)));
        Assert.Equal((PiiKind.CardNumber, 1.0, PiiConfidence.High), Only(Judge("ORDER_NUMBER", cards)));
    }

    [Fact]
    public void Cards_among_other_numbers_are_found_with_their_share()
    {
        var random = new Random(1);
        var mixed = Enumerable.Range(0, 1000).Select(position => position % 4 == 0 ? Card(random) : $"A-{position}").ToList();

        var finding = Assert.Single(Judge("X", mixed));

        Assert.Equal((PiiKind.CardNumber, 0.25, PiiConfidence.Medium), (finding.Kind, finding.Share, finding.Confidence));
    }

    [Fact]
    public void One_number_that_occurs_a_thousand_times_is_chance_once() =>
        Assert.Empty(Judge("X", Enumerable.Repeat("4111111111111111", 1000)));

    [Fact]
    public void A_single_row_is_judged_by_the_name_of_its_column()
    {
        Assert.Empty(Judge("X", ["4111111111111111"]));
        Assert.Equal((PiiKind.CardNumber, 1.0, PiiConfidence.High), Only(Judge("CARD", ["4111111111111111"])));
        // An address is nothing else.
        Assert.Equal((PiiKind.Email, 1.0, PiiConfidence.Medium), Only(Judge("X", ["ada@example.org"])));
    }

    [Fact]
    public void Blank_values_do_not_count()
    {
        var sample = Sample("X", ["ada@example.org", null, "", "  ", " ada@example.org "]);

        Assert.Equal(2, sample.Count);
        Assert.Equal(1.0, Assert.Single(ColumnJudge.Judge(sample, null, TestContext.Current.CancellationToken)).Share);
    }

    [Fact]
    public void A_column_without_values_holds_nothing() => Assert.Empty(Judge("EMAIL", [null, " "]));

    [Fact]
    public void Only_what_is_wanted_is_said()
    {
        List<string> values = [.. Enumerable.Range(0, 50).Select(number => $"ada{number}@example.org"),
            .. Enumerable.Range(10, 50).Select(number => $"write to ada{number}@example.org")];

        Assert.Equal([PiiKind.Email, PiiKind.FreeText], Judge("X", values).Select(finding => finding.Kind).Order());
        Assert.Equal(PiiKind.FreeText, Assert.Single(Judge("X", values, kind => kind == PiiKind.FreeText)).Kind);
        // An address by itself is no text in which one stands, also where addresses are not asked for.
        Assert.Empty(Judge("X", values.Take(50), kind => kind == PiiKind.FreeText));
    }

    [Fact]
    public void No_value_is_shown_whole()
    {
        var random = new Random(1);
        List<string> values = [.. Enumerable.Range(0, 50).Select(_ => Card(random)),
            .. Enumerable.Range(0, 50).Select(number => $"ada{number}@example.org")];

        var examples = Judge("X", values).SelectMany(finding => finding.Examples).ToList();

        Assert.NotEmpty(examples);
        Assert.Empty(examples.Intersect(values));
        Assert.All(examples, example => Assert.Contains("***", example, StringComparison.Ordinal));
    }

    [Fact]
    public void Versions_are_no_addresses_of_machines() =>
        Assert.Empty(
            Judge(
                "VERSION",
                Enumerable.Range(0, 500)
                    .Select(number => string.Create(CultureInfo.InvariantCulture, $"{number % 9}.{number % 13}.{number % 7}.{number}"))));

    [Fact]
    public void The_order_of_values_does_not_matter()
    {
        var random = new Random(1);
        List<string> values = [.. Enumerable.Range(0, 1000).Select(number => $"+4930{random.Next(1_000_000, 9_999_999)}"),
            .. Enumerable.Range(0, 1000).Select(number => $"item {number}")];

        var forth = Judge("X", values);
        values.Reverse();

        Assert.Equal(forth.Select(Facts), Judge("X", values).Select(Facts));
        Assert.Equal(PiiKind.Phone, Assert.Single(forth).Kind);

        static string Facts(ColumnFinding finding) =>
            $"{finding.Kind} {finding.Share} {finding.Confidence} {string.Join(' ', finding.Examples)}";
    }

    private static string Card(Random random)
    {
        var digits = $"4{random.NextInt64(10_000_000_000_000, 100_000_000_000_000)}";
        return Enumerable.Range(0, 10).Select(check => $"{digits}{check}").First(number => Digits.IsLuhn(number));
    }

    private static (PiiKind Kind, double Share, PiiConfidence Confidence) Only(IReadOnlyList<ColumnFinding> findings) =>
        Assert.Single(findings) is var finding ? (finding.Kind, finding.Share, finding.Confidence) : default;

    private static IReadOnlyList<ColumnFinding> Judge(string name, IEnumerable<string?> values, Func<PiiKind, bool>? isWanted = null) =>
        ColumnJudge.Judge(Sample(name, values), isWanted, TestContext.Current.CancellationToken);

    private static ColumnSample Sample(string name, IEnumerable<string?> values)
    {
        var sample = new ColumnSample { Name = name };
        foreach (var value in values)
            sample.Add(value);
        return sample;
    }
}
