using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Extracts;

/// <summary>How an extract is written: as its file name says, or as is told.</summary>
/// <param name="Format">How rows are written.</param>
/// <param name="Compression">How they are compressed.</param>
public sealed record ExtractFile(FileFormat Format, FileCompression Compression)
{
    /// <summary>
    /// What holds where no file is named: Parquet with gzip, which every reader of Parquet knows; text without compression, which tools
    /// open as it is.
    /// </summary>
    /// <param name="format">The format; null for Parquet.</param>
    /// <param name="compression">The compression; null for the usual one of the format.</param>
    public static ExtractFile Of(FileFormat? format, FileCompression? compression)
    {
        var chosen = format ?? FileFormat.Parquet;
        return new ExtractFile(chosen, compression ?? (chosen == FileFormat.Parquet ? FileCompression.Gzip : FileCompression.None));
    }

    /// <summary>What the name of a file says.</summary>
    /// <param name="format">The format that was told; null where none was.</param>
    /// <param name="compression">The compression that was told; null where none was.</param>
    /// <exception cref="LoyaltyException"><c>DestinationInvalid</c>: the name says nothing of a format, or something else than was
    /// told.</exception>
    public static ExtractFile Of(string path, FileFormat? format, FileCompression? compression)
    {
        foreach (var known in from one in Enum.GetValues<FileFormat>() from other in Enum.GetValues<FileCompression>() select new ExtractFile(one, other))
        {
            if (path.EndsWith($".{DeliveryLayout.Extension(known.Format, known.Compression)}", StringComparison.OrdinalIgnoreCase)
                && (format ?? known.Format) == known.Format)
            {
                // The pages within a Parquet file are compressed, which its name does not show.
                if (known.Format == FileFormat.Parquet)
                    return Of(known.Format, compression);
                if ((compression ?? known.Compression) == known.Compression)
                    return known;
            }
        }

        throw LoyaltyErrors.DestinationInvalid.Because(
            $"The name of {path} does not say {Of(format, compression)}.", path,
            "Give the file a name that ends in .parquet, .csv or .jsonl, text with .gz or .zst where it is compressed, or give -Destination.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Format} with compression {Compression}";
}
