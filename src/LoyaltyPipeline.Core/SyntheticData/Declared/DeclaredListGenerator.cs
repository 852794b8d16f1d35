using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.SyntheticData.Tables;

namespace LoyaltyPipeline.Core.SyntheticData.Declared;

/// <summary>A table without a generator of its own that is a list of few rows.</summary>
internal sealed class DeclaredListGenerator(DeclaredShape shape, ReferencedValues references)
    : TableGenerator(shape.Table.Name.ToString(), shape.ColumnNames)
{
    private const int RowsOfList = 20;
    private const int MostBlocks = 1000;

    protected override void WriteRows(SyntheticPopulation population, IRowSink sink, RowMeter meter)
    {
        var rows = new DeclaredRows(shape, references);
        var blocks = Math.Min(rows.Blocks, MostBlocks);
        var rowsOfBlock = Math.Min(rows.MostRows ?? RowsOfList, RowsOfList);
        var daysBetween = Math.Max(1, population.Days / rowsOfBlock);
        var stream = SyntheticRandom.Stream(population.Seed, Name);
        for (var row = 0; row < blocks * rowsOfBlock; row++)
        {
            var random = new SyntheticRandom(stream, row);
            var index = row % rowsOfBlock;
            var day = population.LastDay - ((rowsOfBlock - 1 - index) * daysBetween);
            rows.Fill(ref random, new RowPlace(User: null, row / rowsOfBlock, index, (long)day * SyntheticTime.SecondsPerDay));
            rows.WriteTo(sink);
            meter.Add(1);
        }
    }
}
