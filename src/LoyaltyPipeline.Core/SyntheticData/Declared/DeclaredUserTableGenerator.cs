using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.SyntheticData.Tables;

namespace LoyaltyPipeline.Core.SyntheticData.Declared;

/// <summary>A table without a generator of its own in which users have rows.</summary>
internal sealed class DeclaredUserTableGenerator(DeclaredShape shape, ReferencedValues references)
    : UserTableGenerator(shape.Table.Name.ToString(), shape.ColumnNames)
{
    private const int AverageHundredths = 70;
    private const int DaysBetweenRows = 30;

    private readonly DeclaredRows rows = new(shape, references);

    protected override int WriteUser(in SyntheticUser user, ref SyntheticRandom random, IRowSink sink)
    {
        var wanted = random.RoundHundredths(user.ScaleByLevel(AverageHundredths));
        if (!shape.IsKeyedByUser)
            return WriteSequence(user, wanted, ref random, sink);
        return shape.Counter?.Type.IsTime == true
            ? WriteDays(user, wanted, ref random, sink)
            : WriteKinds(user, wanted, ref random, sink);
    }

    private int WriteSequence(in SyntheticUser user, int wanted, ref SyntheticRandom random, IRowSink sink)
    {
        for (var row = 0; row < wanted; row++)
            WriteRow(user, NextId() - 1, Days.PickActiveSecond(user, ref random), ref random, sink);
        return wanted;
    }

    private int WriteDays(in SyntheticUser user, int wanted, ref SyntheticRandom random, IRowSink sink)
    {
        var row = 0;
        for (var day = Days.PickActiveDay(user, user.FirstDay); row < wanted && day <= user.LastDay; day += DaysBetweenRows, row++)
            WriteRow(user, row, EventClock.PickSecond(ref random, user, day), ref random, sink);
        return row;
    }

    /// <summary>Of a limited number of kinds any that many, each as likely as the others.</summary>
    private int WriteKinds(in SyntheticUser user, int wanted, ref SyntheticRandom random, IRowSink sink)
    {
        var kinds = rows.MostRows ?? wanted;
        var written = 0;
        for (var kind = 0; kind < kinds && written < wanted; kind++)
        {
            if (random.Next(kinds - kind) >= wanted - written)
                continue;
            WriteRow(user, kind, Days.PickActiveSecond(user, ref random), ref random, sink);
            written++;
        }

        return written;
    }

    private void WriteRow(in SyntheticUser user, long index, long second, ref SyntheticRandom random, IRowSink sink)
    {
        rows.Fill(ref random, new RowPlace(user.UserId, user.UserId, index, second));
        rows.WriteTo(sink);
    }
}
