namespace LoyaltyPipeline.SnowflakeSupport.Stages;

/// <summary>A place outside Snowflake that an external stage stands for.</summary>
public interface IExternalLocation
{
    /// <summary>Lists files.</summary>
    /// <param name="prefix">How their paths begin.</param>
    /// <returns>The files, by path.</returns>
    IReadOnlyList<ExternalFile> List(string prefix);

    /// <summary>Stores a file, in place of one that is there.</summary>
    void Put(string path, string localFile);

    /// <summary>Removes a file.</summary>
    void Delete(string path);
}
