using LoyaltyPipeline.PiiTrials;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Pii;

/// <summary>The detectors are right as often as docs/personal-data.md promises, on columns of which it is known what they hold.</summary>
public sealed class PiiTrialTests(PiiTrialTests.Fixture fixture) : IClassFixture<PiiTrialTests.Fixture>
{
    [Theory]
    [InlineData(PiiKind.CardNumber, 0.98, 0.95)]
    [InlineData(PiiKind.Iban, 0.98, 0.95)]
    [InlineData(PiiKind.NationalId, 0.98, 0.95)]
    [InlineData(PiiKind.Email, 0.95, 0.90)]
    [InlineData(PiiKind.Phone, 0.95, 0.90)]
    [InlineData(PiiKind.IpAddress, 0.95, 0.90)]
    [InlineData(PiiKind.Coordinates, 0.95, 0.90)]
    [InlineData(PiiKind.FreeText, 0.95, 0.90)]
    // The list of given names is far from complete.
    [InlineData(PiiKind.PersonName, 0.95, 0.80)]
    public void Columns_are_found(PiiKind kind, double precision, double recall)
    {
        var score = fixture.Scores.Single(score => score.Kind == kind);
        var misses = string.Join(Environment.NewLine, score.Misses.Take(20));

        Assert.True(score.Precision >= precision, $"{kind}: precision {score.Precision:0.000}{Environment.NewLine}{misses}");
        Assert.True(score.Recall >= recall, $"{kind}: recall {score.Recall:0.000}{Environment.NewLine}{misses}");
    }

    [Fact]
    public void The_columns_are_the_same_each_time()
    {
        var first = LabelledColumns.All(part: 10).Select(column => $"{column.Sort} {column.Name} {string.Join('|', column.Values)}");

        Assert.Equal(
            first, LabelledColumns.All(part: 10).Select(column => $"{column.Sort} {column.Name} {string.Join('|', column.Values)}"));
    }

    /// <summary>The columns are judged once for all tests.</summary>
    public sealed class Fixture
    {
        public IReadOnlyList<KindScore> Scores { get; } = PiiTrial.Judge(LabelledColumns.All());
    }
}
