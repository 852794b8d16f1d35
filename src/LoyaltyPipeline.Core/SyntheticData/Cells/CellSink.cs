using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.SyntheticData.Cells;

/// <summary>A sink that takes values of all types alike.</summary>
internal abstract class CellSink : IRowSink
{
    public void Write(long value) => Add(Cell.Of(value));

    public void Write(int value) => Add(Cell.Of(value));

    public void Write(decimal value) => Add(Cell.Of(value));

    public void Write(string value) => Add(Cell.Of(value));

    public void Write(bool value) => Add(Cell.Of(value));

    public void WriteDate(DateOnly value) => Add(Cell.Of(value));

    public void WriteTimestamp(DateTime value) => Add(Cell.Of(value));

    public void WriteNull() => Add(Cell.Null);

    public abstract void EndRow();

    public virtual void Complete()
    {
        // Whoever made the sink behind this one completes it.
    }

    public virtual void Dispose()
    {
        // The sink behind this one belongs to whoever made it.
    }

    protected abstract void Add(Cell cell);
}
