using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.SyntheticData.Tables;

/// <summary>Writes a table user by user, with random numbers that belong to this table and that user alone.</summary>
internal abstract class UserTableGenerator(string name, params IReadOnlyList<string> columns) : TableGenerator(name, columns)
{
    private long lastId;

    protected SyntheticRhythm Rhythm { get; private set; } = null!;

    /// <summary>Where the rows of the table go.</summary>
    protected EventDays Days { get; private set; } = null!;

    protected sealed override void WriteRows(SyntheticPopulation population, IRowSink sink, RowMeter meter)
    {
        Rhythm = population.Rhythm;
        Days = new EventDays(Rhythm);
        var stream = SyntheticRandom.Stream(population.Seed, Name);
        for (var index = 0; index < population.Users; index++)
        {
            var user = population.Describe(index);
            var random = new SyntheticRandom(stream, index);
            meter.Add(WriteUser(user, ref random, sink));
        }
    }

    /// <summary>Writes the rows of a user and says how many there are.</summary>
    protected abstract int WriteUser(in SyntheticUser user, ref SyntheticRandom random, IRowSink sink);

    /// <summary>The next key of a table whose key is a sequence.</summary>
    protected long NextId() => ++lastId;

    protected static decimal FromHundredths(int hundredths) =>
        new(Math.Abs(hundredths), mid: 0, hi: 0, isNegative: hundredths < 0, scale: 2);
}
