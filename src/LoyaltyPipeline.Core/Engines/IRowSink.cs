namespace LoyaltyPipeline.Core.Engines;

/// <summary>
/// Takes the rows of one table, value by value in column order. Typed methods, so that no value is boxed.
/// Disposing without <see cref="Complete"/> means that the rows are not wanted.
/// </summary>
public interface IRowSink : IDisposable
{
    /// <summary>Writes a BIGINT.</summary>
    void Write(long value);

    /// <summary>Writes an INTEGER.</summary>
    void Write(int value);

    /// <summary>Writes a DECIMAL, with the scale that the value has.</summary>
    void Write(decimal value);

    /// <summary>Writes a VARCHAR.</summary>
    void Write(string value);

    /// <summary>Writes a BOOLEAN.</summary>
    void Write(bool value);

    /// <summary>Writes a DATE.</summary>
    void WriteDate(DateOnly value);

    /// <summary>Writes a TIMESTAMP of whole seconds.</summary>
    void WriteTimestamp(DateTime value);

    /// <summary>Writes NULL.</summary>
    void WriteNull();

    /// <summary>Ends the row, which must have as many values as the table has columns.</summary>
    void EndRow();

    /// <summary>Says that all rows are there.</summary>
    void Complete();
}
