namespace LoyaltyPipeline.SnowflakeSupport.Stages;

/// <summary>A place outside Snowflake that an external stage stands for.</summary>
public interface IExternalLocation
{
    /// <summary>Lists files.</summary>
    /// <param name="prefix">How their paths begin.</param>
    /// <returns>The files, by path.</returns>
    IReadOnlyList<ExternalFile> List(string prefix);

    /// <summary>Stores a file, in place of one that is there.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="localFile">The file.</param>
    void Put(string path, string localFile);

    /// <summary>Removes a file.</summary>
    /// <param name="path">Its path.</param>
    void Delete(string path);
}
